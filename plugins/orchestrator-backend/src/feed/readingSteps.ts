import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import { ChangePublisher } from '../live';
import { InstanceWriter } from '../store';
import { ChangeReader } from './ChangeReader';
import { FeedState } from './FeedState';
import { FeedStep } from './FeedStep';
import { InstanceRefresher } from './InstanceRefresher';
import { LateReader } from './LateReader';
import { NewestReader } from './NewestReader';
import { Reconciler } from './Reconciler';
import { RivalReporter } from './RivalReporter';
import { UnfinishedReader } from './UnfinishedReader';

/** The steps that together keep the stored instances equal to those of the engine. */
export function readingSteps(options: {
  knex: Knex;
  engine: WorkflowEngine;
  writer: InstanceWriter;
  state: FeedState;
  publisher: ChangePublisher;
  rivals: RivalReporter;
}): { changes: FeedStep[]; past: FeedStep[] } {
  const { knex, engine } = options;
  const refreshing = {
    knex,
    engine,
    refresher: InstanceRefresher.create(options),
  };
  return {
    changes: [ChangeReader.create(options), NewestReader.create(refreshing)],
    past: [
      LateReader.create(options),
      UnfinishedReader.create(refreshing),
      Reconciler.create(options),
    ],
  };
}
