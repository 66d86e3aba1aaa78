import { aNode, anInstanceDetail } from '../__testUtils__';
import { failedStepOf } from './failedStepOf';
import { stepsOf } from './stepsOf';

const failed = { status: 'failed' as const, exit: undefined };
const steps = stepsOf([
  aNode({ id: 'whole', definitionId: '3', ...failed }),
  aNode({ id: 'first', definitionId: '6', parentNodeId: 'whole', ...failed }),
  aNode({ id: 'second', definitionId: '6', parentNodeId: 'whole', ...failed }),
  aNode({ id: 'handled', definitionId: '9', ...failed, errorHandled: true }),
]);

describe('failedStepOf', () => {
  it('finds the last attempt at what the engine names', () => {
    const error = { message: 'Boom', nodeDefinitionId: '6' };
    const instance = anInstanceDetail({ state: 'ERROR', error });

    expect(failedStepOf(instance, steps)?.node.id).toBe('second');
  });

  it('finds the innermost one where the engine names nothing', () => {
    const instance = anInstanceDetail({ state: 'ERROR' });

    expect(failedStepOf(instance, steps)?.node.id).toBe('second');
  });

  it('finds nothing in an instance that went on', () => {
    expect(failedStepOf(anInstanceDetail(), steps)).toBeUndefined();
  });
});
