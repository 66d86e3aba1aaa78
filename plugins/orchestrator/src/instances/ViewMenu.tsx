import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import BookmarkIcon from '@mui/icons-material/BookmarkBorder';
import CheckIcon from '@mui/icons-material/Check';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { orchestratorTranslationRef } from '../translation';
import { useStored } from '../useStored';
import { readFilter, writeFilter } from './instanceFilter';
import { SaveViewDialog } from './SaveViewDialog';

/** A filter with a name; its query is what stands in the address. */
type View = {
  name: string;
  query: string;
};

/** The filter in an address as text: equal filters are equal texts. */
function queryOf(params: URLSearchParams): string {
  const filter = { ...readFilter(params), cursor: '' };
  return writeFilter(filter, new URLSearchParams()).toString();
}

/** Filters by name: some that everyone needs, and the viewer's own. */
export function ViewMenu() {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const [params, setParams] = useSearchParams();
  const [own, setOwn] = useStored<View[]>('views', []);
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [isSaving, setSaving] = useState(false);
  const close = () => setAnchor(undefined);
  const current = queryOf(params);
  const given: View[] = [
    { name: t('views.all'), query: '' },
    { name: t('views.running'), query: 'state=ACTIVE' },
    { name: t('views.failed'), query: 'state=ERROR&range=24h' },
    { name: t('views.mine'), query: 'initiator=me' },
  ];
  const shown = [...given, ...own].find(({ query }) => query === current);
  const isOwn = shown !== undefined && own.includes(shown);
  const itemOf = (view: View) => (
    <MenuItem
      key={view.name}
      dense
      selected={view === shown}
      onClick={() => {
        setParams(new URLSearchParams(view.query));
        close();
      }}
    >
      <span style={{ flex: 1, marginRight: 16 }}>{view.name}</span>
      {view === shown && (
        <CheckIcon fontSize="small" titleAccess={t('views.current')} />
      )}
    </MenuItem>
  );
  return (
    <>
      <Button
        size="small"
        color="inherit"
        aria-haspopup="menu"
        startIcon={<BookmarkIcon />}
        onClick={event => setAnchor(event.currentTarget)}
      >
        {shown?.name ?? t('views.title')}
      </Button>
      <Menu open={anchor !== undefined} anchorEl={anchor} onClose={close}>
        {given.map(itemOf)}
        {own.length > 0 && <Divider />}
        {own.map(itemOf)}
        <Divider />
        {isOwn ? (
          <MenuItem
            dense
            onClick={() => {
              setOwn(own.filter(view => view !== shown));
              close();
            }}
          >
            {t('views.delete', { name: shown.name })}
          </MenuItem>
        ) : (
          <MenuItem
            dense
            disabled={shown !== undefined}
            onClick={() => {
              close();
              setSaving(true);
            }}
          >
            {t('views.save')}
          </MenuItem>
        )}
      </Menu>
      {isSaving && (
        <SaveViewDialog
          taken={[...given, ...own].map(({ name }) => name)}
          onSave={name => setOwn([...own, { name, query: current }])}
          onClose={() => setSaving(false)}
        />
      )}
    </>
  );
}
