import { GatheringPort } from './GatheringPort';

function open(send: (message: unknown) => Promise<void> = async () => {}) {
  const sent: unknown[] = [];
  let receive: (message: unknown) => void = () => {};
  const port = GatheringPort.create({
    send: message => {
      sent.push(message);
      return send(message);
    },
    onMessage: listener => {
      receive = listener;
    },
  });
  return { port, sent, receive: (message: unknown) => receive(message) };
}

/** Keeps the event loop busy for longer than a turn may take. */
function dawdle(): void {
  const until = performance.now() + 10;
  while (performance.now() < until);
}

const nextTurn = () =>
  new Promise(resolve => {
    setImmediate(resolve);
  });

describe('GatheringPort', () => {
  it('sends what one turn makes as one message, in order', async () => {
    const { port, sent } = open();

    await Promise.all([
      port.send('a'),
      Promise.resolve().then(() => port.send('b')),
      port.send('c'),
    ]);

    expect(sent).toEqual([['a', 'c', 'b']]);
  });

  it('sends at once what it is told to', () => {
    const { port, sent } = open();

    void port.send('a');
    port.flush();
    port.flush();

    expect(sent).toEqual([['a']]);
  });

  it('holds nothing back while more is made', () => {
    const { port, sent } = open();

    void port.send('a');
    dawdle();
    void port.send('b');

    expect(sent).toEqual([['a', 'b']]);
  });

  it('tells each sender when sending fails', async () => {
    const { port } = open(async () => {
      throw new Error('pipe is closed');
    });

    const sendings = await Promise.allSettled([port.send('a'), port.send('b')]);

    expect(sendings.map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ]);
  });

  it('hands over message by message, and what comes singly too', () => {
    const { port, receive } = open();
    const received: unknown[] = [];
    port.onMessage(message => received.push(message));

    receive(['a', 'b']);
    receive('c');

    expect(received).toEqual(['a', 'b', 'c']);
  });

  it('lets others have a turn between many messages and keeps the order', async () => {
    const { port, receive } = open();
    const received: unknown[] = [];
    port.onMessage(message => {
      received.push(message);
      dawdle();
    });

    receive(['a', 'b']);
    receive(['c']);
    const atOnce = [...received];
    while (received.length < 3) {
      await nextTurn();
    }

    expect(atOnce).toEqual(['a']);
    expect(received).toEqual(['a', 'b', 'c']);
  });
});
