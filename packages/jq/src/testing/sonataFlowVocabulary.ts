import { Vocabulary } from './generateProgram';
import { jqVocabulary } from './jqVocabulary';

const absent = new Set([
  'abs',
  'add ',
  'bsearch',
  'ceil',
  'fabs',
  'fromstream',
  'IN ',
  'INDEX ',
  'isempty',
  'pick',
  'skip',
  'toboolean',
  'tostream',
  'trim',
  'trimstr',
  'trunc',
]);

/** Builtins that SonataFlow's jq shares with jq 1.8 by name. */
export const sonataFlowVocabulary: Vocabulary = {
  isModern: false,
  functions: Object.fromEntries(
    Object.entries(jqVocabulary.functions).filter(
      ([name]) => !absent.has(name),
    ),
  ),
};
