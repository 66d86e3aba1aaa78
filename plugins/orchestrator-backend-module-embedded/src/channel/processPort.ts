import { ChannelPort } from './ChannelPort';

/** The port to the process that forked this one. */
export function processPort(): ChannelPort {
  return {
    send: message =>
      new Promise((resolve, reject) => {
        if (!process.send) {
          reject(new Error('This process has no parent to talk to.'));
          return;
        }
        process.send(message, undefined, undefined, (error: Error | null) =>
          error ? reject(error) : resolve(),
        );
      }),
    onMessage: listener => {
      process.on('message', listener);
    },
  };
}
