import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  Instance,
  InstanceDetail,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useInstances } from '../api';
import { useFormat } from '../format';
import { shortId } from '../instances/shortId';
import { EmptyMessage } from '../layout';
import { orchestratorTranslationRef } from '../translation';

interface InstancePickerProps {
  instance: InstanceDetail;
  otherId: string;
  onChange: (instanceId: string) => void;
}

const offered = 50;

/** The latest instances of the same workflow. */
export function InstancePicker(props: InstancePickerProps) {
  const { instance, otherId, onChange } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const { data } = useInstances({
    workflowId: [instance.workflowId],
    limit: offered,
  });
  const others = (data?.items ?? []).filter(({ id }) => id !== instance.id);
  const isListed = others.some(({ id }) => id === otherId);
  const labelOf = ({ id, state, createdAt }: Instance) =>
    [shortId(id), t(`states.${state}`), format.dateTime(createdAt)].join(' · ');
  if (data && others.length === 0 && !otherId) {
    return <EmptyMessage title={t('compare.none')} />;
  }
  return (
    <TextField
      select
      size="small"
      label={t('compare.choose')}
      helperText={t('compare.chooseHint')}
      value={otherId}
      onChange={event => onChange(event.target.value)}
      sx={{ maxWidth: 520 }}
    >
      {otherId && !isListed && (
        <MenuItem value={otherId}>{shortId(otherId)}</MenuItem>
      )}
      {others.map(other => (
        <MenuItem key={other.id} value={other.id}>
          {labelOf(other)}
        </MenuItem>
      ))}
    </TextField>
  );
}
