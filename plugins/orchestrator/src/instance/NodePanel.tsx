import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import CloseIcon from '@mui/icons-material/Close';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { InstanceDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { Elapsed, useFormat } from '../format';
import { JsonView } from '../json/JsonView';
import { Facts, LongText, Panel } from '../layout';
import { NodeStateChip, nodeStateOf, StateChip } from '../states';
import { Step, useStepTitle } from '../steps';
import { orchestratorTranslationRef } from '../translation';
import { useLinks } from '../useLinks';
import { RetriggerButton } from './RetriggerButton';

interface NodePanelProps {
  /** Absent when the selected state was not reached. */
  step: Step | undefined;
  stateName: string | undefined;
  instance: InstanceDetail;
  isDataVisible: boolean;
  onClose: () => void;
}

/** One step: when, what went in, what came out, what went wrong. */
export function NodePanel(props: NodePanelProps) {
  const { step, stateName, instance, isDataVisible, onClose } = props;
  const node = step?.node;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const titleOf = useStepTitle();
  return (
    <Panel
      title={step ? titleOf(step) : stateName ?? ''}
      action={
        <Stack direction="row" alignItems="center" gap={1}>
          <NodeStateChip state={node ? nodeStateOf(node) : 'notReached'} />
          <IconButton
            size="small"
            aria-label={t('steps.close')}
            onClick={onClose}
          >
            <CloseIcon fontSize="small" />
          </IconButton>
        </Stack>
      }
    >
      {node ? (
        <Stack gap={2}>
          <NodeFacts step={step} instance={instance} />
          <RetriggerButton instance={instance} step={step} />
          {node.errorMessage && (
            <Alert
              severity={node.errorHandled ? 'warning' : 'error'}
              sx={{ overflowWrap: 'anywhere' }}
            >
              {node.errorHandled && (
                <AlertTitle>{t('steps.errorHandled')}</AlertTitle>
              )}
              <LongText text={node.errorMessage} />
            </Alert>
          )}
          {isDataVisible ? (
            <>
              <NodeData
                title={t('steps.input')}
                value={node.input}
                none={t('steps.noInput')}
              />
              <NodeData
                title={t('steps.output')}
                value={node.output}
                none={node.exit ? t('steps.noOutput') : t('steps.noOutputYet')}
              />
            </>
          ) : (
            <Quiet>{t('steps.dataHidden')}</Quiet>
          )}
        </Stack>
      ) : (
        <Quiet>{t('steps.notReached')}</Quiet>
      )}
    </Panel>
  );
}

function Quiet({ children }: { children: string }) {
  return (
    <Typography variant="body2" color="text.secondary">
      {children}
    </Typography>
  );
}

interface NodeFactsProps {
  step: Step;
  instance: InstanceDetail;
}

function NodeFacts({ step, instance }: NodeFactsProps) {
  const { node, attempt } = step;
  const { endedAt } = instance;
  const child = instance.children.find(({ id }) => id === node.childInstanceId);
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const links = useLinks();
  const isOpen = node.status === 'running' || node.status === 'waiting';
  return (
    <Facts
      facts={[
        {
          label: t('steps.facts.enter'),
          value: <span title={node.enter}>{format.time(node.enter)}</span>,
        },
        {
          label: t('steps.facts.exit'),
          value: node.exit && (
            <span title={node.exit}>{format.time(node.exit)}</span>
          ),
        },
        {
          label: t('steps.facts.duration'),
          value: (node.exit || (isOpen && !endedAt)) && (
            <Elapsed from={node.enter} to={node.exit} />
          ),
        },
        { label: t('steps.facts.type'), value: node.type },
        {
          label: t('steps.facts.iteration'),
          value:
            node.iteration === undefined
              ? undefined
              : format.number(node.iteration + 1),
        },
        {
          label: t('steps.facts.attempt'),
          value: attempt === undefined ? undefined : format.number(attempt),
        },
        { label: t('steps.facts.branch'), value: node.branch },
        {
          label: t('steps.facts.child'),
          value: node.childInstanceId && (
            <Stack direction="row" alignItems="center" gap={1}>
              <Link to={links.instance(node.childInstanceId)}>
                {t('steps.facts.openChild')}
              </Link>
              {child && <StateChip state={child.state} />}
            </Stack>
          ),
        },
      ]}
    />
  );
}

interface NodeDataProps {
  title: string;
  value: unknown;
  none: string;
}

function NodeData({ title, value, none }: NodeDataProps) {
  return (
    <Box>
      <Typography
        component="h3"
        sx={{ fontSize: 13, fontWeight: 700, mb: 0.5 }}
      >
        {title}
      </Typography>
      {value === undefined ? (
        <Quiet>{none}</Quiet>
      ) : (
        <JsonView value={value} label={title} maxHeight={320} />
      )}
    </Box>
  );
}
