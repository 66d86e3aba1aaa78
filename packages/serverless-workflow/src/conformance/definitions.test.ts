/** @jest-environment node */
import fs from 'fs';
import path from 'path';
import { checkTogether } from '../check';
import { buildGraph } from '../graph/buildGraph';
import { parseWorkflow } from '../parse';
import { validateWorkflow } from '../validate';

/**
 * Definitions by others, which are no part of the project: SonataFlow's own tests, the examples of
 * the specification, workflows from the field. They are looked for beside the repository.
 */
const folder =
  process.env.CONFORMANCE_FOLDER ??
  path.resolve(__dirname, '../../../../../shared/conformance');

interface DeployCase {
  name: string;
  local: string;
  also_deploy?: string[];
  steps?: {
    op: string;
    expect?: {
      valid?: boolean;
      minErrors?: number;
      messageContainsAll?: string[];
    };
  }[];
}

/** The examples of the specification have mistakes of their own; these are no YAML. */
const BROKEN = [
  'continuing-as-a-new-execution.sw.yaml',
  'event-based-transitions.sw.yaml',
  'new-patient-onboarding.sw.yaml',
];

function definitionsIn(directory: string): string[] {
  return fs
    .readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.sw\.(json|ya?ml)$/.test(file))
    .map(file => path.join(directory, file));
}

function deployCases(): DeployCase[] {
  const file = path.join(folder, 'sonataflow', 'cases.json');
  const cases: DeployCase[] = JSON.parse(fs.readFileSync(file, 'utf8'));
  return cases.filter(({ steps }) => steps?.some(({ op }) => op === 'deploy'));
}

function read(file: string) {
  return parseWorkflow(fs.readFileSync(file, 'utf8'), { fileName: file });
}

function deploymentErrors(file: string): string[] {
  const { workflow, problems } = read(file);
  return [...problems, ...(workflow ? validateWorkflow(workflow) : [])]
    .filter(({ severity }) => severity === 'error')
    .map(({ message }) => message);
}

const isThere = fs.existsSync(folder);

(isThere ? describe : describe.skip)(
  isThere
    ? 'definitions by others'
    : `definitions by others: left out, there is no ${folder}`,
  () => {
    const definitions = isThere ? definitionsIn(folder) : [];

    it('are read and drawn without an error', () => {
      expect(definitions.length).toBeGreaterThan(100);
      const unreadable = definitions.filter(file => {
        const { workflow, problems } = read(file);
        if (!workflow) return true;
        const { nodes, edges } = buildGraph(workflow);
        const ids = new Set(nodes.map(({ id }) => id));
        expect(ids.size).toBe(nodes.length);
        expect(
          edges.filter(
            ({ source, target }) => !ids.has(source) || !ids.has(target),
          ),
        ).toEqual([]);
        expect(nodes.filter(({ kind }) => kind === 'state')).toHaveLength(
          workflow.states.length,
        );
        return problems.some(({ severity }) => severity === 'error');
      });
      expect(unreadable.map(file => path.basename(file)).sort()).toEqual(
        BROKEN,
      );
    });

    it('are accepted and refused as SonataFlow does', () => {
      const cases = deployCases().filter(
        ({ also_deploy }) => !also_deploy?.length,
      );
      expect(cases.length).toBeGreaterThan(80);
      for (const { name, local, steps } of cases) {
        const errors = deploymentErrors(path.join(folder, 'sonataflow', local));
        for (const { expect: expected } of steps ?? []) {
          expect({ name, valid: errors.length === 0, errors }).toMatchObject({
            name,
            valid: expected?.valid ?? true,
          });
          expect(errors.length).toBeGreaterThanOrEqual(
            expected?.minErrors ?? 0,
          );
          for (const part of expected?.messageContainsAll ?? []) {
            expect(errors.join('\n')).toContain(part);
          }
        }
      }
    });

    it('may not share an id', () => {
      const shared = deployCases().filter(
        ({ also_deploy }) => also_deploy?.length,
      );
      expect(shared).not.toHaveLength(0);
      for (const { local, also_deploy = [], steps } of shared) {
        const named = [local, ...also_deploy].map(file => {
          const { workflow } = read(path.join(folder, 'sonataflow', file));
          return { fileName: file, workflow: workflow! };
        });
        const messages = [...checkTogether(named).values()]
          .flat()
          .map(({ message }) => message);
        for (const part of steps?.[0].expect?.messageContainsAll ?? []) {
          expect(messages.join('\n')).toContain(part);
        }
      }
    });
  },
);
