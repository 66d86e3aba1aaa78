import { Clock } from './Clock';

/** Timers are set anew at least this often, so that they follow changes of the system's clock. */
const LONGEST_WAIT_MS = 60_000;

/** The time of this computer. Timers may be as far away as one likes. */
export const systemClock: Clock = {
  now: () => Date.now(),
  at: (timeMs, callback) => {
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      const leftMs = timeMs - Date.now();
      timer = setTimeout(
        () => (timeMs <= Date.now() ? callback() : wait()),
        Math.min(Math.max(leftMs, 0), LONGEST_WAIT_MS),
      );
    };
    wait();
    return () => clearTimeout(timer);
  },
};
