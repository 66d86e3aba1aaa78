import { isListening } from '../dev/isListening.mjs';

/** The first port from here on where nothing listens. */
export async function freePort(from) {
  const address = new URL(`http://localhost:${from}`);
  return (await isListening(address)) ? freePort(from + 1) : from;
}

/**
 * Ports apart from the usual ones, where other programs of this machine may start, and from those
 * of another process that asks at the same time.
 */
export async function freePorts(count) {
  const ports = [];
  for (let next = 20_000 + (process.pid % 10_000); ports.length < count; ) {
    const port = await freePort(next);
    ports.push(port);
    next = port + 1;
  }
  return ports;
}
