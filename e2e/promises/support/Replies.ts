/** Keeps every word of the answers to what is asked. */
export class Replies {
  readonly texts: string[] = [];

  /** Waits for an answer and tells its body. */
  async note(asked: Promise<Response>) {
    const answer = await asked;
    const text = await answer.text();
    const headers = JSON.stringify([...answer.headers]);
    this.texts.push(`${answer.url} ${answer.status} ${headers} ${text}`);
    return JSON.parse(text);
  }
}
