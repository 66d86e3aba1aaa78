import { EngineInstance } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { readFileSync } from 'fs';
import { join } from 'path';
import { parseJson, recordOf, recordsOf, textOf } from '../dataIndex/json';
import { toInstance } from '../mapping/toInstance';
import { toDefinitionNodes } from '../workflows/definitionNodes';
import { sourceFacts } from '../workflows/sourceFacts';

/** An instance as the portal tells it, of which the Data Index of a SonataFlow 10.1.0 told this. */
export function recorded(name: string): EngineInstance {
  const path = join(__dirname, 'recorded', `${name}.json`);
  const recording = recordOf(parseJson(readFileSync(path, 'utf8')));
  const facts = sourceFacts(textOf(recording?.source) ?? '');
  const instance = toInstance(
    {
      ...recordOf(recording?.instance),
      // The Data Index says so of every other node; the recording leaves it out.
      nodes: recordsOf(recording?.nodes).map(node => ({
        retrigger: false,
        ...node,
      })),
      childProcessInstances: recording?.children,
    },
    [],
    {
      facts,
      nodes: toDefinitionNodes(recording?.definitionNodes, facts.eventChoices),
    },
  );
  if (!instance) {
    throw new Error(`${name} was not mapped`);
  }
  return instance;
}
