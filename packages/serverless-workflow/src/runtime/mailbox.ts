import { InstanceEvent } from '../interpreter/core/InstanceEvent';
import { Instance } from './Instance';
import { isAwaiting } from './routeEvent';

/** Events that one instance may have waiting. */
const MAILBOX_SIZE = 1_000;

/** Answers and aborts reach an instance at any time, the rest when it is not busy or in error. */
export function canTake(instance: Instance, event: InstanceEvent): boolean {
  switch (event.type) {
    case 'timer':
    case 'event':
      return isIdle(instance);
    case 'childEnded':
      return (
        instance.state.blockedOn === event.token ||
        instance.state.status === 'ERROR' ||
        isIdle(instance)
      );
    default:
      return true;
  }
}

/** Whether it waits for something to happen. */
export function isIdle({ state }: Instance): boolean {
  return (
    state.status === 'ACTIVE' && !state.work && state.blockedOn === undefined
  );
}

/** Keeps for later what an instance can't take now. What nobody would wait for is not kept. */
export function keep(instance: Instance, event: InstanceEvent): void {
  const isUseless =
    event.type === 'event' &&
    instance.state.status === 'ERROR' &&
    !isAwaiting(instance, event.eventType);
  if (!isUseless && instance.mailbox.length < MAILBOX_SIZE) {
    instance.mailbox.push(event);
  }
}
