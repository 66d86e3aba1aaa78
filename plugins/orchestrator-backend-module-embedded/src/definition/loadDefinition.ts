import type {
  CheckedWorkflow,
  Finding,
  SourceProblem,
  Workflow,
} from '@open-orchestrator/serverless-workflow';
import { checkWorkflow } from '@open-orchestrator/serverless-workflow';
import { withTimeLimit } from '@open-orchestrator/serverless-workflow/runtime';
import { LoadedDefinition, Problem } from './Definition';
import { inlineSchemas } from './inlineSchemas';
import { ReadUri, textHash, TextLookup } from './TextLookup';

/** Real definitions take some milliseconds. */
const TIME_LIMIT_MS = 2_000;
/** Enough to tell revisions apart, short enough to be shown. */
const REVISION_LENGTH = 12;
/** What the addresses of the HTTP API accept. */
const WORKFLOW_ID = /^[A-Za-z0-9_][\w .-]{0,127}$/;

export interface DefinitionSource {
  /** Names the file in messages and tells its format. */
  path: string;
  text: string;
}

/**
 * Parses and checks a definition and gathers everything that it refers to. Never rejects: whatever
 * is wrong is among the problems.
 */
export async function loadDefinition(
  source: DefinitionSource,
  readUri: ReadUri,
): Promise<LoadedDefinition> {
  const texts = new TextLookup(readUri);
  try {
    return await load(source, texts);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      problems: [{ severity: 'error', message }],
      dependencies: texts.dependencies(),
    };
  }
}

async function load(
  source: DefinitionSource,
  texts: TextLookup,
): Promise<LoadedDefinition> {
  const checked = await check(source, texts);
  const problems = checked.problems.map(pickProblem);
  const place = (each: Finding) => pickProblem(checked.place(each));
  if (!checked.workflow || !checked.isDeployable) {
    return { problems, dependencies: texts.dependencies() };
  }
  const { workflow, findings } = await complete(checked.workflow, texts);
  const loaded = {
    problems: [...problems, ...findings.map(place)],
    dependencies: texts.dependencies(),
  };
  if (findings.some(({ severity }) => severity === 'error')) {
    return loaded;
  }
  return {
    ...loaded,
    definition: {
      workflow,
      revision: revisionOf(source.text, texts),
      format: source.path.endsWith('.json') ? 'json' : 'yaml',
      source: source.text,
      resources: texts.all(),
      loadedAt: new Date().toISOString(),
      place,
    },
  };
}

/** Again and again until everything that the check asks for has been read. */
async function check(
  source: DefinitionSource,
  texts: TextLookup,
): Promise<CheckedWorkflow> {
  let checked: CheckedWorkflow;
  do {
    checked = withTimeLimit(TIME_LIMIT_MS, () =>
      checkWorkflow(source.text, {
        fileName: source.path,
        target: 'embedded',
        lookup: texts.find,
      }),
    );
  } while (await texts.loadWanted());
  return checked;
}

/** What the check does not look into: documents of other hosts, and what schemas refer to. */
async function complete(
  checked: Workflow,
  texts: TextLookup,
): Promise<{ workflow: Workflow; findings: Finding[] }> {
  const { workflow, findings } = await inlineSchemas(checked, texts);
  findings.push(...unfitId(workflow));
  for (const { uri, path } of remoteDocuments(workflow)) {
    try {
      await texts.text(uri);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      findings.push(finding(path, 'reference', `${uri}: ${message}`));
    }
  }
  return { workflow, findings };
}

function remoteDocuments(workflow: Workflow): { uri: string; path: string }[] {
  return workflow.functions.flatMap(({ type, operation }, index) => {
    const hash = operation.lastIndexOf('#');
    const name = operation.slice(0, Math.max(hash, 0));
    const uri = Object.hasOwn(workflow.uriDefinitions, name)
      ? workflow.uriDefinitions[name]
      : name;
    const isDocument = type === 'rest' || type === 'asyncapi';
    return isDocument && /^https?:/i.test(uri)
      ? [{ uri, path: `/functions/${index}/operation` }]
      : [];
  });
}

function unfitId({ id }: Workflow): Finding[] {
  return WORKFLOW_ID.test(id)
    ? []
    : [
        finding(
          '/id',
          'workflow-id',
          'The id has to begin with a letter, a digit or an underscore; up to 127 letters, digits, underscores, spaces, dots and hyphens may follow.',
        ),
      ];
}

function finding(path: string, code: string, message: string): Finding {
  return { severity: 'error', code, message, path };
}

function pickProblem(problem: SourceProblem): Problem {
  const { severity, code, message, path, line, column, excerpt } = problem;
  return { severity, code, message, path, line, column, excerpt };
}

function revisionOf(text: string, texts: TextLookup): string {
  return textHash(JSON.stringify([text, texts.all()])).slice(
    0,
    REVISION_LENGTH,
  );
}
