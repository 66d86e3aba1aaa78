import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Workflow } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { orchestratorTranslationRef } from '../translation';
import { isStartable } from './versionChoice';

interface VersionPickerProps {
  workflow: Workflow;
  version: string;
  onChange: (version: string) => void;
}

/** The versions of a workflow; one that can't be started says why. */
export function VersionPicker(props: VersionPickerProps) {
  const { workflow, version, onChange } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return (
    <TextField
      select
      size="small"
      label={t('run.version')}
      value={version}
      onChange={event => onChange(event.target.value)}
      sx={{ minWidth: 200, maxWidth: '100%' }}
      SelectProps={{
        renderValue: value =>
          value === workflow.version
            ? t('workflow.latest', { version })
            : version,
      }}
    >
      {workflow.versions.map(each => (
        <MenuItem
          key={each.version}
          value={each.version}
          disabled={!isStartable(each)}
          sx={{ '&.Mui-disabled': { opacity: 0.75 } }}
        >
          <span>
            {each.version === workflow.version
              ? t('workflow.latest', { version: each.version })
              : each.version}
            {!isStartable(each) && (
              <Box
                component="span"
                sx={{
                  display: 'block',
                  fontSize: 12,
                  whiteSpace: 'normal',
                }}
              >
                {each.availability.reason ?? t('availability.unavailable')}
              </Box>
            )}
          </span>
        </MenuItem>
      ))}
    </TextField>
  );
}
