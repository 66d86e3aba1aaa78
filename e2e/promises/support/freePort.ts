import { createServer } from 'node:net';
import { FIRST_PORT } from './ports';

let next = FIRST_PORT;

/** A port of 127.0.0.1 where nothing listens; never the same twice. */
export async function freePort(): Promise<number> {
  const port = next++;
  return (await isFree(port)) ? port : freePort();
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
