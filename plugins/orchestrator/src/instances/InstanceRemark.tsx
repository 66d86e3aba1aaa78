import Box from '@mui/material/Box';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Instance } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { shadeOf, Tone, useEndReason } from '../states';
import { orchestratorTranslationRef } from '../translation';
import { instancesMessages } from '../translation/instancesMessages';

type Attention = keyof typeof instancesMessages.instances.attentions;

function isKnown(attention: string): attention is Attention {
  return Object.hasOwn(instancesMessages.instances.attentions, attention);
}

/** The one thing worth knowing about an instance in a list, in words. */
export function InstanceRemark({ instance }: { instance: Instance }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const endReasonText = useEndReason();
  const remark = (): [string, Tone] | undefined => {
    if (instance.attention) {
      const what = instance.attention;
      return [
        isKnown(what)
          ? t(`instances.attentions.${what}`)
          : t('instances.attention', { what }),
        'wait',
      ];
    }
    if (instance.state === 'ERROR' && instance.errorMessage) {
      return [instance.errorMessage, 'bad'];
    }
    if (instance.abortRequestedAt && instance.state !== 'ABORTED') {
      return [t('instances.abortRequested'), 'stop'];
    }
    if (instance.state === 'ABORTED') {
      const { abortReason, endReason } = instance;
      const why = abortReason ?? (endReason && endReasonText(endReason));
      return why ? [why, 'stop'] : undefined;
    }
    if (instance.waitingFor) {
      return [t('instances.waitsFor', { what: instance.waitingFor }), 'wait'];
    }
    return undefined;
  };
  const found = remark();
  if (!found) return null;
  const [text, tone] = found;
  return (
    <Box
      title={text}
      sx={theme => ({
        fontSize: 13,
        color: shadeOf(theme, tone).ink,
        display: '-webkit-box',
        WebkitLineClamp: 2,
        WebkitBoxOrient: 'vertical',
        overflow: 'hidden',
        overflowWrap: 'anywhere',
      })}
    >
      {text}
    </Box>
  );
}
