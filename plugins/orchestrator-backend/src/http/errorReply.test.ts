import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  EngineProtocolError,
  EngineRefusedError,
  EngineTimeoutError,
  EngineUnreachableError,
  InstanceNotFoundError,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { errorReply } from './errorReply';
import { InvalidInputError, TooManyRequestsError } from './errors';

describe('errorReply', () => {
  it.each([
    [new InputError('no'), 400],
    [new NotFoundError('no'), 404],
    [new ConflictError('no'), 409],
    [new EngineRefusedError('no'), 422],
  ])('tells the message of %s', (error, status) => {
    expect(errorReply(error)).toMatchObject({
      status,
      error: { name: error.name, message: 'no' },
    });
  });

  it.each([
    [new EngineProtocolError('<html>10.0.0.7</html>'), 502],
    [new EngineUnreachableError('connect ECONNREFUSED 10.0.0.7:8080'), 503],
    [new EngineTimeoutError('http://10.0.0.7/greet took 30 s'), 504],
    [new DOMException('10.0.0.7 timed out', 'TimeoutError'), 504],
    [new InstanceNotFoundError('HTTP 404 of http://10.0.0.7'), 409],
    [new TypeError('Cannot read properties of 10.0.0.7'), 500],
    ['10.0.0.7', 500],
    [undefined, 500],
  ])('keeps what %s knows of the engine to itself', (error, status) => {
    const reply = errorReply(error);
    expect(reply.status).toBe(status);
    expect(JSON.stringify(reply)).not.toContain('10.0.0.7');
    expect(reply.error.message).not.toBe('');
  });

  it.each([
    Object.assign(new Error('acquiring a connection'), {
      name: 'KnexTimeoutError',
    }),
    Object.assign(new Error('too many clients already'), { code: '53300' }),
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
  ])('asks for patience when the database can’t be asked: %s', error => {
    expect(errorReply(error)).toEqual({
      status: 503,
      headers: { 'Retry-After': '5' },
      error: {
        name: 'ServiceUnavailableError',
        message:
          'The portal’s database does not answer. Try again in a moment.',
      },
    });
  });

  it('lists what is wrong with an input', () => {
    const details = [{ path: '/name', message: 'must be string' }];
    expect(errorReply(new InvalidInputError('no', details)).error).toEqual({
      name: 'InputError',
      message: 'no',
      details,
    });
  });

  it('says when to come again', () => {
    expect(errorReply(new TooManyRequestsError('no', 7)).headers).toEqual({
      'Retry-After': '7',
    });
    expect(errorReply(new EngineUnreachableError('no')).headers).toEqual({
      'Retry-After': '5',
    });
  });

  it.each(['constructor', '__proto__', 'toString'])(
    'is not confused by an error called %s',
    name => {
      expect(errorReply(Object.assign(new Error('x'), { name })).status).toBe(
        500,
      );
    },
  );
});
