import { AuditorService } from '@backstage/backend-plugin-api';
import { Observation } from '../store';

/** Audits instances that carry the key of a run which is bound to another instance. */
export class RivalReporter {
  readonly #auditor: AuditorService;

  static create(options: { auditor: AuditorService }): RivalReporter {
    return new RivalReporter(options.auditor);
  }

  private constructor(auditor: AuditorService) {
    this.#auditor = auditor;
  }

  async report(rivals: Observation['rivals']): Promise<void> {
    for (const { runId, engineInstanceId } of rivals) {
      const event = await this.#auditor.createEvent({
        eventId: 'instance-claim',
        severityLevel: 'high',
        meta: { instanceId: runId, engineInstanceId },
      });
      await event.fail({
        error: new Error(
          'A second instance carries the business key of a run that is bound already.',
        ),
      });
    }
  }
}
