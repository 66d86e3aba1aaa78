import { parseJson, recordOf, textOf } from '../dataIndex/json';
import { HttpAnswer } from '../http/HttpTransport';
import { errorText } from '../mapping/errorText';

const LONGEST_PLAIN_TEXT = 300;

/**
 * What a service says in an answer: `message` of a JSON body, or a short plain text. A web page of a
 * gateway is no message.
 */
export function answerMessage(answer: HttpAnswer): string | undefined {
  const parsed = parseJson(answer.text);
  const message = textOf(recordOf(parsed)?.message) ?? textOf(parsed);
  if (message) {
    return errorText(message);
  }
  const text = answer.text.trim();
  const isPlain =
    parsed === undefined &&
    text.length <= LONGEST_PLAIN_TEXT &&
    !/[<{[]/.test(text);
  return isPlain && text !== '' ? errorText(text) : undefined;
}
