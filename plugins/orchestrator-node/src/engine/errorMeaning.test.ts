import { isSilence, provesNoEffect, tellsNothing } from './errorMeaning';
import {
  EngineNotCalledError,
  EngineProtocolError,
  EngineRefusedError,
  EngineTimeoutError,
  EngineUnreachableError,
  InstanceNotFoundError,
} from './errors';

const overdue = new DOMException('The time is over', 'TimeoutError');

describe('an error of the engine', () => {
  it.each([
    ['that it was not called', new EngineNotCalledError('no'), true],
    ['that it declined', new EngineRefusedError('no'), true],
    ['that it lacks the instance', new InstanceNotFoundError('no'), true],
    ['that it was cut off', new EngineUnreachableError('cut'), false],
    ['that it was too slow', new EngineTimeoutError('slow'), false],
    ['that its time was over', overdue, false],
    ['that it makes no sense', new EngineProtocolError('<html>'), false],
    ['of another kind', new TypeError('oops'), false],
  ])('%s, proves that nothing was done: %p', (_, error, expected) => {
    expect(provesNoEffect(error)).toBe(expected);
  });

  it.each([
    ['that it was not called', new EngineNotCalledError('no'), true, true],
    ['that it was cut off', new EngineUnreachableError('cut'), true, true],
    ['that it was too slow', new EngineTimeoutError('slow'), true, true],
    ['that its time was over', overdue, true, true],
    ['that it makes no sense', new EngineProtocolError('<html>'), false, true],
    ['that it declined', new EngineRefusedError('no'), false, false],
    [
      'that it lacks the instance',
      new InstanceNotFoundError('no'),
      false,
      false,
    ],
    ['of another kind', new TypeError('oops'), false, false],
  ])(
    '%s, is silence: %p, and tells nothing: %p',
    (_, error, silence, nothing) => {
      expect([isSilence(error), tellsNothing(error)]).toEqual([
        silence,
        nothing,
      ]);
    },
  );
});
