import { Json } from '../../runtime/WorkflowRuntime';
import { createExpressions } from '../createExpressions';
import {
  ExpressionContext,
  ExpressionError,
  Expressions,
} from '../Expressions';
import { isJsonObject, jsonEquals } from '../json';
import { merge } from '../merge';
import { resolveExpression, trimExpression } from '../resolveExpression';
import {
  ExpressionCase,
  ExpressionCaseFile,
  ExpressionCaseResult,
} from './ExpressionCase';

type Of<K extends ExpressionCase['kind']> = Extract<
  ExpressionCase,
  { kind: K }
>;

/** Runs one case and compares what comes out. */
export function runExpressionCase(
  testCase: ExpressionCase,
  file: ExpressionCaseFile,
): ExpressionCaseResult {
  const title = `${testCase.kind} ${
    testCase.kind === 'merge' ? JSON.stringify(testCase.source) : testCase.expr
  }`;
  const actual = actualOf(testCase, file);
  if (actual === undefined) {
    const reason = `cases of kind ${testCase.kind} are not known`;
    return { outcome: 'skipped', title, reason };
  }
  const expected =
    testCase.kind === 'assign' ? testCase.expected_paths : testCase.expected;
  const outcome = jsonEquals(actual, expected) ? 'passed' : 'failed';
  return { outcome, title, expected, actual };
}

/** A failure is told as the Java exception that SonataFlow throws. */
function actualOf(
  testCase: ExpressionCase,
  file: ExpressionCaseFile,
): Json | undefined {
  try {
    return perform(testCase, file);
  } catch (error) {
    if (error instanceof ExpressionError) {
      return { error: 'IllegalArgumentException' };
    }
    throw error;
  }
}

function perform(
  testCase: ExpressionCase,
  file: ExpressionCaseFile,
): Json | undefined {
  switch (testCase.kind) {
    case 'eval':
      return evaluate(testCase, file);
    case 'isValid':
      return expressionsFor(testCase.lang, file).isValid(testCase.expr);
    case 'assign':
      return assign(testCase, file);
    case 'trimExpr':
      return trimExpression(testCase.expr);
    case 'replaceExpr':
      return resolveExpression(
        testCase.expr,
        new Map(Object.entries(testCase.functions)),
      );
    case 'merge': {
      const { source, target, mergeArray } = testCase;
      return merge(target, source, { mergeArrays: mergeArray });
    }
    default:
      return undefined;
  }
}

function expressionsFor(
  lang: Of<'eval'>['lang'],
  { context }: ExpressionCaseFile,
): Expressions {
  const secrets = new Map(Object.entries(context['config(secrets)']));
  return createExpressions({
    lang,
    constants: context.constants,
    secret: key => secrets.get(key),
  });
}

function contextOf({ context }: ExpressionCaseFile): ExpressionContext {
  const { instanceId } = context;
  return { workflow: { id: 'workflow', name: 'workflow', instanceId } };
}

function inputOf(input: Json, { docs }: ExpressionCaseFile): Json {
  return typeof input === 'string' && input.startsWith('@docs.')
    ? docs[input.slice('@docs.'.length)]
    : input;
}

function evaluate(testCase: Of<'eval'>, file: ExpressionCaseFile): Json {
  const expressions = expressionsFor(testCase.lang, file);
  const data = inputOf(testCase.input, file);
  const context = contextOf(file);
  switch (testCase.as) {
    case 'string':
      return expressions.evaluateString(testCase.expr, data, context);
    case 'boolean':
      return expressions.evaluateBoolean(testCase.expr, data, context);
    case 'collection':
      return expressions.evaluateCollection(testCase.expr, data, context);
    default:
      return expressions.evaluate(testCase.expr, data, context);
  }
}

function assign(testCase: Of<'assign'>, file: ExpressionCaseFile): Json {
  const { lang, expr, value, expected_paths: paths } = testCase;
  const result = expressionsFor(lang, file).assign(
    expr,
    inputOf(testCase.input, file),
    value,
    contextOf(file),
  );
  return Object.fromEntries(
    Object.keys(paths).map(path => [path, valueAt(result, path)]),
  );
}

function valueAt(data: Json, path: string): Json {
  let value: Json | undefined = data;
  for (const name of path.split('.')) {
    value =
      isJsonObject(value) && Object.hasOwn(value, name)
        ? value[name]
        : undefined;
  }
  return value ?? '<absent>';
}
