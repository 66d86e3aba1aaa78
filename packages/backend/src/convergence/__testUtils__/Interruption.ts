/** What a test lets fail on purpose. */
export class Interruption extends Error {
  override name = 'Interruption';
}
