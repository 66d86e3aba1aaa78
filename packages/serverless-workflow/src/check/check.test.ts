/** @jest-environment node */
import { checkFolder } from './checkFolder';
import { checkWorkflow } from './checkWorkflow';

const inject = 'states: [{ name: Idle, type: inject, end: true }]';

function codes(problems: { severity: string; code: string }[]): string[] {
  return problems.map(({ severity, code }) => `${severity} ${code}`);
}

describe('checking one definition', () => {
  it('finds nothing in a good one', () => {
    const { workflow, isDeployable, problems } = checkWorkflow(
      `id: a\nstart: Idle\n${inject}`,
    );
    expect(problems).toEqual([]);
    expect(isDeployable).toBe(true);
    expect(workflow).toMatchObject({ id: 'a' });
  });

  it('stops at what can not be read', () => {
    const { workflow, isDeployable, problems } = checkWorkflow('id: [');
    expect(workflow).toBeUndefined();
    expect(isDeployable).toBe(false);
    expect(codes(problems)).toEqual(['error syntax']);
  });

  it('does not blame the rest for a state that is not one', () => {
    const { isDeployable, problems } = checkWorkflow(
      'id: a\nstart: Idle\nstates: [{ name: Idle, type: inject, transition: Odd }, { name: Odd, type: unheard-of }]',
    );
    expect(isDeployable).toBe(false);
    expect(codes(problems)).toEqual(['error state-type']);
  });

  it('tells errors and warnings in the order of the text', () => {
    const { isDeployable, problems } = checkWorkflow(
      `id: a\nautoRetries: true\nstart: Nowhere\n${inject}`,
    );
    expect(isDeployable).toBe(false);
    expect(codes(problems)).toEqual([
      'warning ignored',
      'error start-unknown',
      'error state-not-connected',
    ]);
    expect(problems.map(({ line }) => line)).toEqual([2, 3, 4]);
  });

  it('may be deployed with warnings', () => {
    expect(
      checkWorkflow(`id: a\nautoRetries: true\nstart: Idle\n${inject}`)
        .isDeployable,
    ).toBe(true);
  });

  it('looks into the files of its parts', () => {
    const text =
      'id: a\nstart: Act\nfunctions: functions.yaml\nstates: [{ name: Act, type: operation, actions: [{ functionRef: greet }], end: true }]';
    const files: Record<string, string> = {
      'functions.yaml': '- { name: greet, type: expression, operation: .a }',
    };
    const { isDeployable, workflow } = checkWorkflow(text, {
      lookup: uri => files[uri],
    });
    expect(isDeployable).toBe(true);
    expect(workflow?.functions).toHaveLength(1);
    const without = checkWorkflow(text, { lookup: () => undefined });
    expect(codes(without.problems)).toEqual(['error reference']);
  });
});

describe('checking a folder', () => {
  it('finds ids that two files claim', () => {
    const text = `id: a\nstart: Idle\n${inject}`;
    const [first, second] = checkFolder([
      { fileName: 'a.sw.yaml', text },
      { fileName: 'b.sw.yaml', text },
    ]);
    expect(first).toMatchObject({ isDeployable: true, problems: [] });
    expect(second).toMatchObject({
      isDeployable: false,
      problems: [
        {
          line: 1,
          fileName: 'b.sw.yaml',
          message: 'Duplicated item found with id a: a.sw.yaml has it already',
        },
      ],
    });
  });

  it('finds sub-workflows that are missing', () => {
    const parent =
      'id: parent\nstart: Run\nstates: [{ name: Run, type: operation, end: true,\n  actions: [{ subFlowRef: child }] }]';
    const child = `id: child\nstart: Idle\n${inject}`;
    const files = [{ fileName: 'parent.sw.yaml', text: parent }];
    expect(checkFolder(files)[0].problems).toEqual([
      expect.objectContaining({
        line: 4,
        message: 'There is no workflow "child" to run here',
      }),
    ]);
    expect(
      checkFolder([...files, { fileName: 'child.sw.yaml', text: child }])[0]
        .problems,
    ).toEqual([]);
  });

  it('asks for files by the one that refers to them', () => {
    const asked: string[] = [];
    const lookup = (uri: string, fileName: string) => {
      asked.push(`${fileName} ${uri}`);
      return '{}';
    };
    checkFolder(
      [
        {
          fileName: 'sub/a.sw.yaml',
          text: `id: a\nstart: Idle\ndataInputSchema: in.json\n${inject}`,
        },
      ],
      { lookup },
    );
    expect(asked).toEqual(['sub/a.sw.yaml in.json']);
  });
});
