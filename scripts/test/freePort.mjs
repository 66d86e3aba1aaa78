import { isListening } from '../dev/isListening.mjs';

/** The first port from here on where nothing listens. */
export async function freePort(from) {
  const address = new URL(`http://localhost:${from}`);
  return (await isListening(address)) ? freePort(from + 1) : from;
}
