import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { WorkflowDefinition } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { ParsedWorkflow } from '@open-orchestrator/serverless-workflow/graph';
import { useMemo, useState } from 'react';
import { Diagram } from '../diagram/Diagram';
import { LiveInstance, useParsedWorkflow } from '../diagram/useFlow';
import { LazyCodeEditor } from '../editor/LazyCodeEditor';
import { LineRange } from '../editor/markLines';
import { Panel } from '../layout';
import { orchestratorTranslationRef } from '../translation';

interface DefinitionViewProps {
  definition: WorkflowDefinition;
  /** Drawn into the diagram. */
  live?: LiveInstance;
}

/** The lines of each state, by its name. */
function linesOfStates({ workflow, locate }: ParsedWorkflow) {
  const lines = new Map<string, LineRange>();
  workflow?.states.forEach(({ name }, index) => {
    const range = locate(`/states/${index}`);
    if (range) {
      // The end is exclusive: at the first column of a line, that line is not part of it.
      const to = range.endColumn === 1 ? range.endLine - 1 : range.endLine;
      lines.set(name, { from: range.line, to });
    }
  });
  return lines;
}

/** A diagram and its source: a state that is selected in one is marked in the other. */
export function DefinitionView({ definition, live }: DefinitionViewProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const parsed = useParsedWorkflow(definition);
  const lines = useMemo(() => linesOfStates(parsed), [parsed]);
  const [selected, setSelected] = useState<string>();
  const selectLine = (line: number) => {
    const [name] =
      [...lines].find(([, { from, to }]) => from <= line && line <= to) ?? [];
    setSelected(name);
  };
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        gridTemplateColumns: { xs: '1fr', md: 'repeat(2, minmax(0, 1fr))' },
      }}
    >
      <Panel title={t('workflow.diagram')} flush>
        {parsed.workflow ? (
          <Diagram
            workflow={parsed.workflow}
            direction="down"
            live={live}
            selected={selected}
            onSelect={setSelected}
            height={640}
          />
        ) : (
          <Alert severity="warning" sx={{ m: 2 }}>
            {t('diagram.broken', {
              message: parsed.problems[0]?.message ?? '',
            })}
          </Alert>
        )}
      </Panel>
      <Panel title={t('workflow.source')} flush>
        <LazyCodeEditor
          label={t('workflow.source')}
          language={definition.format}
          value={definition.source}
          marked={selected === undefined ? undefined : lines.get(selected)}
          onLine={selectLine}
          height="640px"
        />
      </Panel>
    </Box>
  );
}

// Loaded when it is needed.
export default DefinitionView;
