import { randomUUID } from 'crypto';
import {
  IndexedInstance,
  IndexedJob,
  SimulatedDataIndex,
} from './SimulatedDataIndex';

/** The timers of a simulated SonataFlow, with the jobs that the index knows of them. */
export class SimulatedTimers {
  readonly #index: SimulatedDataIndex;
  readonly #timers = new Map<
    string,
    { stop(): void; moveTo(at: number): void }
  >();

  constructor(index: SimulatedDataIndex) {
    this.#index = index;
    index.onReschedule = (jobId, at) => this.#reschedule(jobId, at);
  }

  /** A job without a node limits the time of its instance. */
  schedule(
    {
      instance,
      nodeInstanceId,
      ms,
    }: { instance: IndexedInstance; nodeInstanceId?: string; ms: number },
    fire: () => void,
  ) {
    const job: IndexedJob = {
      id: randomUUID(),
      processInstanceId: instance.id,
      nodeInstanceId,
      status: 'SCHEDULED',
      expirationTime: Date.now() + ms,
    };
    this.#index.jobs.push(job);
    const run = () => {
      job.status = 'EXECUTED';
      fire();
    };
    let timer = setTimeout(run, ms);
    this.#timers.set(job.id, {
      stop: () => clearTimeout(timer),
      moveTo: at => {
        clearTimeout(timer);
        job.expirationTime = at;
        timer = setTimeout(run, Math.max(0, at - Date.now()));
      },
    });
  }

  stop() {
    this.#timers.forEach(timer => timer.stop());
  }

  #reschedule(jobId: string, at: number): string {
    const timer = this.#timers.get(jobId);
    if (!timer) {
      throw new Error('FAILED: JobReschedule errorCode:404');
    }
    timer.moveTo(at);
    return JSON.stringify({ id: jobId });
  }
}
