import { flattened } from '../flattened';
import { messages } from '../messages';
import de from './de';
import es from './es';
import fr from './fr';

const english: Record<string, string> = flattened(messages);
const languages: [string, Record<string, string>][] = [
  ['de', de],
  ['es', es],
  ['fr', fr],
];

const placeholders = (text: string) =>
  (text.match(/\{\{.*?\}\}/g) ?? []).sort();

describe.each(languages)('the texts in %s', (_language, texts) => {
  it('are all there', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
    expect(Object.values(texts)).not.toContain('');
  });

  it('name the same things as the English ones', () => {
    const wrong = Object.keys(english).filter(
      key =>
        placeholders(texts[key]).join() !== placeholders(english[key]).join(),
    );
    expect(wrong).toEqual([]);
  });
});
