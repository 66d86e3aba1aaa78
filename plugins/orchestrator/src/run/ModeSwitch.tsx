import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { orchestratorTranslationRef } from '../translation';

interface ModeSwitchProps {
  isForm: boolean;
  /** False while the JSON is broken: the form could not show it. */
  canShowForm: boolean;
  onForm: () => void;
  onJson: () => void;
}

/** Form or JSON, over the same data. */
export function ModeSwitch(props: ModeSwitchProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      aria-label={t('run.mode')}
      value={props.isForm ? 'form' : 'json'}
      onChange={(_event, mode) => {
        if (mode === 'form') props.onForm();
        if (mode === 'json') props.onJson();
      }}
    >
      <ToggleButton
        value="form"
        disabled={!props.canShowForm}
        sx={{ py: 0.25, px: 1.5 }}
      >
        {t('run.form')}
      </ToggleButton>
      <ToggleButton value="json" sx={{ py: 0.25, px: 1.5 }}>
        {t('run.json')}
      </ToggleButton>
    </ToggleButtonGroup>
  );
}
