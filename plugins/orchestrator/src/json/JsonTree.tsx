import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import ChevronRightIcon from '@mui/icons-material/ChevronRight';
import ExpandMoreIcon from '@mui/icons-material/ExpandMore';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useState } from 'react';
import { shadeOf, Tone } from '../states';
import { orchestratorTranslationRef } from '../translation';

const firstEntries = 100;
const openDepth = 2;

/** Data as a tree: objects and lists open and close, long ones show their first entries. */
export function JsonTree({ value }: { value: unknown }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return (
    <Box sx={{ fontFamily: 'monospace', fontSize: 13, lineHeight: '24px' }}>
      {value === undefined && t('json.empty')}
      {isBranch(value) && <Entries value={value} depth={0} />}
      {value !== undefined && !isBranch(value) && <Leaf value={value} />}
    </Box>
  );
}

type Branch = unknown[] | Record<string, unknown>;

function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null;
}

interface EntriesProps {
  value: Branch;
  depth: number;
}

function Entries({ value, depth }: EntriesProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const [limit, setLimit] = useState(firstEntries);
  const entries = Object.entries(value);
  const hidden = entries.length - limit;
  return (
    <Box
      component="ul"
      sx={{
        m: 0,
        p: 0,
        listStyle: 'none',
        ...(depth > 0 && {
          ml: '9px',
          pl: 1.5,
          borderLeft: 1,
          borderColor: 'divider',
        }),
      }}
    >
      {entries.slice(0, limit).map(([name, part]) => (
        <li key={name}>
          <Entry name={name} value={part} depth={depth} />
        </li>
      ))}
      {hidden > 0 && (
        <li>
          <ButtonBase
            onClick={() => setLimit(limit + firstEntries)}
            sx={{ font: 'inherit', textDecoration: 'underline' }}
          >
            {t('json.more', { count: hidden })}
          </ButtonBase>
        </li>
      )}
    </Box>
  );
}

interface EntryProps {
  name: string;
  value: unknown;
  depth: number;
}

function Entry({ name, value, depth }: EntryProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const [isOpen, setOpen] = useState(depth < openDepth);
  if (!isBranch(value) || Object.keys(value).length === 0) {
    return (
      <Box sx={{ pl: '20px', overflowWrap: 'anywhere' }}>
        <Name name={name} /> <Leaf value={value} />
      </Box>
    );
  }
  const count = Object.keys(value).length;
  const Icon = isOpen ? ExpandMoreIcon : ChevronRightIcon;
  return (
    <>
      <ButtonBase
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        sx={{ font: 'inherit', borderRadius: 0.5 }}
      >
        <Icon aria-hidden sx={{ fontSize: 20 }} />
        <Name name={name} />
        <Box component="span" sx={{ ml: 1, color: 'text.secondary' }}>
          {Array.isArray(value)
            ? t('json.items', { count })
            : t('json.keys', { count })}
        </Box>
      </ButtonBase>
      {isOpen && <Entries value={value} depth={depth + 1} />}
    </>
  );
}

function Name({ name }: { name: string }) {
  return (
    <Box component="span" sx={{ fontWeight: 600 }}>
      {name}:
    </Box>
  );
}

function toneOf(value: unknown): Tone {
  if (typeof value === 'string') return 'good';
  if (typeof value === 'number') return 'run';
  return 'stop';
}

/** Text from workflows is shown as text, never as markup. */
function Leaf({ value }: { value: unknown }) {
  return (
    <Box
      component="span"
      sx={theme => ({
        color: shadeOf(theme, toneOf(value)).ink,
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
      })}
    >
      {typeof value === 'string' ? `"${value}"` : JSON.stringify(value)}
    </Box>
  );
}
