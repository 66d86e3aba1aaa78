import { connect } from 'node:net';

/** True when something accepts connections at the host and port of an address. */
export function isListening(address) {
  return new Promise(resolve => {
    const socket = connect(Number(address.port), address.hostname);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
