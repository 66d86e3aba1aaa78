import { SourceLimits } from './SourceLimits';
import { SyntaxProblem } from './SourceNode';

export function tooDeep(limits: SourceLimits) {
  return {
    code: 'too-deep',
    message: `Objects and lists are nested more than ${limits.depth} deep.`,
  };
}

export function tooMany(limits: SourceLimits) {
  return {
    code: 'too-large',
    message: `The definition has more than ${limits.values} values.`,
  };
}

/** SonataFlow takes the last one in silence, which is never what the author meant. */
export function duplicateKey(key: string, offset: number): SyntaxProblem {
  return {
    severity: 'error',
    code: 'duplicate-key',
    message: `"${key}" stands here a second time.`,
    offset,
  };
}

export function tooManyReferences(limits: SourceLimits) {
  return {
    code: 'too-many-references',
    message: `There are more than ${limits.references} anchors, aliases and tags.`,
  };
}
