import { TokenId } from '../interpreter/core/InstanceState';
import { Instance } from './Instance';

/** Ends what runs for a node that has been left. */
export function releaseToken(instance: Instance, token: TokenId): void {
  if (instance.timers.size > 0) {
    instance.timers.get(token)?.cancel();
    instance.timers.delete(token);
  }
  if (instance.calls.size > 0) {
    instance.calls.get(token)?.abort();
    instance.calls.delete(token);
  }
  instance.awaited.delete(token);
}

/** Ends all timers and calls of an instance. */
export function release(instance: Instance): void {
  instance.timers.forEach(timer => timer.cancel());
  instance.timers.clear();
  instance.calls.forEach(call => call.abort());
  instance.calls.clear();
  instance.awaited.clear();
  instance.mailbox.length = 0;
}
