import type { RuntimeEvent } from '@open-orchestrator/serverless-workflow/runtime';
import { ProducedEvents } from './ProducedEvents';

function event(type: string): RuntimeEvent {
  return { specversion: '1.0', id: type, source: '/', type };
}

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) {
    await new Promise(resolve => {
      setImmediate(resolve);
    });
  }
};

describe('ProducedEvents', () => {
  it('delivers events in their order, not while they are produced', async () => {
    const delivered: string[] = [];
    const events = ProducedEvents.create(
      async ({ type }) => {
        delivered.push(type);
        return [];
      },
      () => {},
    );

    events.publish(event('a'));
    events.publish(event('b'));
    expect(delivered).toEqual([]);
    await turns(4);

    expect(delivered).toEqual(['a', 'b']);
  });

  it('goes on after one that can not be delivered, and tells of it', async () => {
    const failures: string[] = [];
    const delivered: string[] = [];
    const events = ProducedEvents.create(
      async ({ type }) => {
        if (type === 'bad') {
          throw new Error('broken');
        }
        delivered.push(type);
        return [];
      },
      message => failures.push(message),
    );

    events.publish(event('bad'));
    events.publish(event('good'));
    await turns(4);

    expect(failures).toEqual([
      'An event of type bad could not be delivered: broken',
    ]);
    expect(delivered).toEqual(['good']);
  });

  it('gives way to others even when events bring forth events for ever', async () => {
    const events = ProducedEvents.create(
      async each => {
        events.publish(each);
        return [];
      },
      () => {},
    );

    events.publish(event('endless'));
    await turns(10);

    expect('others had their turn').toBeTruthy();
  });

  it('drops what comes faster than it can be delivered', () => {
    const onFailure = jest.fn();
    const events = ProducedEvents.create(async () => [], onFailure);

    for (let number = 0; number <= 10_000; number++) {
      events.publish(event('flood'));
    }

    expect(onFailure).toHaveBeenCalledTimes(1);
  });
});
