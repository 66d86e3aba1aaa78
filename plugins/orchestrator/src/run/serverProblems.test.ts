import { standingDetails, toErrorSchema } from './serverProblems';

const details = [
  { path: '/team/name', message: 'too short' },
  { path: '/team/name', message: 'not lower case' },
  { path: '', message: 'odd' },
  { message: 'no place' },
];

describe('problems that the server found', () => {
  it('stand at their fields', () => {
    expect(toErrorSchema(details)).toEqual({
      __errors: ['odd', 'no place'],
      team: { name: { __errors: ['too short', 'not lower case'] } },
    });
  });

  it('go once their value is edited', () => {
    const input = { team: { name: 'X', size: 1 } };

    expect(
      standingDetails({ input, details }, { team: { name: 'X', size: 2 } }).map(
        ({ message }) => message,
      ),
    ).toEqual(['too short', 'not lower case']);
  });
});
