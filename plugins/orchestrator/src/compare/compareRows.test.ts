import { aNode } from '../__testUtils__';
import { timeLineRows } from '../instance/timeLineRows';
import { stepsOf } from '../steps';
import { compareRows } from './compareRows';

/** Steps by name, one second each; `>` stands before what is part of the last step without. */
function rowsOf(...names: string[]) {
  let whole = '';
  const nodes = names.map((name, index) => {
    const isPart = name.startsWith('>');
    const id = `${names.join('')}${index}`;
    whole = isPart ? whole : id;
    return aNode({
      id,
      name: name.replace('>', ''),
      stateName: 'A',
      parentNodeId: isPart ? whole : undefined,
      enter: new Date(index * 1000).toISOString(),
      exit: new Date(index * 1000 + 1000).toISOString(),
    });
  });
  return timeLineRows(stepsOf(nodes), () => true, undefined);
}

const compared = (left: string[], right: string[]) =>
  compareRows(rowsOf(...left), rowsOf(...right)).map(row => [
    row.left?.step.title,
    row.right?.step.title,
  ]);

describe('compareRows', () => {
  it('puts the same steps side by side', () => {
    expect(compared(['A', '>x', 'B'], ['A', '>x', 'B'])).toEqual([
      ['A', 'A'],
      ['x', 'x'],
      ['B', 'B'],
    ]);
  });

  it('shows where the ways part, and that they meet again', () => {
    expect(compared(['A', 'Left', 'End'], ['A', 'Right', 'End'])).toEqual([
      ['A', 'A'],
      [undefined, 'Right'],
      ['Left', undefined],
      ['End', 'End'],
    ]);
  });

  it('counts the rounds of a loop', () => {
    expect(compared(['A', 'B'], ['A', 'B', 'A', 'B'])).toEqual([
      ['A', 'A'],
      ['B', 'B'],
      [undefined, 'A'],
      [undefined, 'B'],
    ]);
  });

  it('does not take parts of different rounds for the same', () => {
    const rows = compareRows(rowsOf('A', '>x', 'A'), rowsOf('A', 'A', '>x'));
    expect(rows.map(({ left, right }) => [!!left, !!right])).toEqual([
      [true, true],
      [true, false],
      [true, true],
      [false, true],
    ]);
  });

  it('copes with an instance that has no step yet', () => {
    expect(compared([], ['A'])).toEqual([[undefined, 'A']]);
    expect(compared(['A'], [])).toEqual([['A', undefined]]);
  });
});
