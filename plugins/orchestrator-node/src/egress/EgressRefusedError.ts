/**
 * An outgoing call was refused by the egress rules; nothing was sent.
 *
 * @public
 */
export class EgressRefusedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EgressRefusedError';
  }
}
