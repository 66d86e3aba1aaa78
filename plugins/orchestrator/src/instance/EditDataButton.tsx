import EditIcon from '@mui/icons-material/EditOutlined';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { JsonObject } from '@backstage/types';
import { InstanceDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useInstanceData } from '../api';
import { AllowedButton, isOutOfReach } from '../layout';
import { orchestratorTranslationRef } from '../translation';

interface EditDataButtonProps {
  instance: InstanceDetail;
  /** Retries the failed step with the changed data. */
  isRetried: boolean;
  /** Called with the data as it is now. */
  onEdit: (data: JsonObject) => void;
}

function isObject(data: unknown): data is JsonObject {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

/** Leads to changing the workflow data; nothing where that can never be. */
export function EditDataButton(props: EditDataButtonProps) {
  const { instance, isRetried, onEdit } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const { updateData } = instance.allowed;
  const isOffered = !isOutOfReach(updateData);
  const query = useInstanceData(instance.id, {
    enabled: isOffered && instance.allowed.readData.allowed,
    canChange: false,
  });
  const data = query.data?.data;
  if (!isOffered || !isObject(data)) return null;
  return (
    <AllowedButton
      allowed={updateData}
      size="small"
      variant="outlined"
      startIcon={<EditIcon />}
      onClick={() => onEdit(data)}
    >
      {isRetried ? t('editData.actionRetry') : t('editData.action')}
    </AllowedButton>
  );
}
