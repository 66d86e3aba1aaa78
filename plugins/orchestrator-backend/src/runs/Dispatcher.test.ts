import { mockServices } from '@backstage/backend-test-utils';
import { instanceRecord } from '../__testUtils__/records';
import { ScriptedEngine } from '../__testUtils__/ScriptedEngine';
import { ChangePublisher } from '../live';
import { RunCounter } from '../metrics';
import { InstanceWriter, RunWriter } from '../store';
import { Dispatcher } from './Dispatcher';
import { WaitingRuns } from './WaitingRuns';

describe('Dispatcher', () => {
  it('has written down what it was answered only when the database has it', async () => {
    const engine = new ScriptedEngine();
    engine.onRun = async () => ({
      outcome: 'refused',
      reason: 'unreachable',
      message: 'Not called',
    });
    let store: () => void = () => {};
    const stored = new Promise<boolean>(resolve => {
      store = () => resolve(true);
    });
    const dispatcher = Dispatcher.create({
      engine,
      logger: mockServices.logger.mock(),
      writer: { update: () => stored } as unknown as InstanceWriter,
      runs: {} as RunWriter,
      waiting: {
        turnOf: () => undefined,
        forget: () => {},
      } as unknown as WaitingRuns,
      publisher: { instancesChanged: () => {} } as unknown as ChangePublisher,
      counter: { count: () => {} } as unknown as RunCounter,
    });
    const steps: string[] = [];
    const dispatched = dispatcher.dispatch(instanceRecord({ id: 'run' }), {});
    const written = dispatcher.written().then(() => steps.push('written'));
    for (let turn = 0; turn < 5; turn++) {
      await new Promise(setImmediate);
    }
    steps.push('stored');
    store();
    await Promise.all([dispatched, written]);
    expect(steps).toEqual(['stored', 'written']);
  });
});
