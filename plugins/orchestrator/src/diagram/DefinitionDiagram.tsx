import Alert from '@mui/material/Alert';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { WorkflowDefinition } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { orchestratorTranslationRef } from '../translation';
import { Diagram, DiagramProps } from './Diagram';
import { useParsedWorkflow } from './useFlow';

export type DefinitionDiagramProps = Omit<DiagramProps, 'workflow'> & {
  definition: WorkflowDefinition;
};

/** The picture of a definition, or why there is none. */
export function DefinitionDiagram(props: DefinitionDiagramProps) {
  const { definition, ...diagram } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const { workflow, problems } = useParsedWorkflow(definition);
  return workflow ? (
    <Diagram {...diagram} workflow={workflow} />
  ) : (
    <Alert severity="warning">
      {t('diagram.broken', { message: problems[0]?.message ?? '' })}
    </Alert>
  );
}

// Loaded when it is needed.
export default DefinitionDiagram;
