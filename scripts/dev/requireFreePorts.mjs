import { Problem } from '../../.yarn/bootstrap/explain.mjs';
import { isListening } from './isListening.mjs';

/** Throws one sentence about the first port of the portal that another program has taken. */
export async function requireFreePorts({ app, backend }) {
  await requireFree(app, 'the app');
  await requireFree(backend, 'the backend');
}

async function requireFree(address, what) {
  if (await isListening(address)) {
    throw new Problem(
      `Port ${address.port} is in use, and ${what} needs it: end the program that listens there (another "npm run dev"?) and try again.`,
    );
  }
}
