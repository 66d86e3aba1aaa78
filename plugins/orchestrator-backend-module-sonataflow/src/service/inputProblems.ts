import { InputProblem } from '@open-orchestrator/backstage-plugin-orchestrator-node';

const HEADING = /^There are JsonSchema validation errors:/;

/** `$.team.members[0].name: must be…`; the path is lazy because a message may hold colons too. */
const PROBLEM = /^\$(?<path>[^:]*):\s*(?<message>.+)$/;

/**
 * The violations of the input schema that a service lists in its refusal, one a line; undefined when
 * the message is no such list.
 */
export function inputProblems(message: string): InputProblem[] | undefined {
  if (!HEADING.test(message)) {
    return undefined;
  }
  return message
    .split('\n')
    .slice(1)
    .filter(line => line.trim() !== '')
    .map(line => {
      const groups = PROBLEM.exec(line.trim())?.groups;
      return groups
        ? { path: toPointer(groups.path), message: groups.message }
        : { path: '', message: line.trim() };
    });
}

/** `.team.members[0]` becomes `/team/members/0`. */
function toPointer(path: string): string {
  return path
    .replace(
      /\[(?:'([^']*)'|(\d+))\]/g,
      (_, name, index) => `.${name ?? index}`,
    )
    .split('.')
    .slice(1)
    .map(part => `/${part.replace(/~/g, '~0').replace(/\//g, '~1')}`)
    .join('');
}
