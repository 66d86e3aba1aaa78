import { Ast } from '../syntax/Ast';

/** The calls of functions that SonataFlow tries out before it accepts a text as an expression. */
export function triedCalls(ast: Ast): (Ast & { kind: 'call' })[] {
  return ast.kind === 'call' ? [ast] : childrenSeen(ast).flatMap(triedCalls);
}

/**
 * SonataFlow looks for calls by reflection on jackson-jq's classes, which finds single expressions but
 * no lists of them: it does not see into pipes, commas, objects, definitions and the branches of
 * conditions but the last, and of operators it sees the right side only.
 */
function childrenSeen(ast: Ast): Ast[] {
  switch (ast.kind) {
    case 'group':
    case 'negate':
      return [ast.body];
    case 'array':
      return present(ast.body);
    case 'index':
      return [ast.target, ast.key];
    case 'slice':
      return present(ast.target, ast.from, ast.to);
    case 'iterate':
      return [ast.target];
    case 'and':
    case 'or':
    case 'alternative':
    case 'arithmetic':
    case 'comparison':
    case 'assignment':
      return [ast.right];
    case 'if':
      return present(ast.else);
    case 'try':
      return present(ast.body, ast.handler);
    case 'reduce':
      return [ast.source, ast.init, ast.update];
    case 'foreach':
      return present(ast.source, ast.init, ast.update, ast.extract);
    default:
      return [];
  }
}

function present(...asts: (Ast | undefined)[]): Ast[] {
  return asts.filter(ast => ast !== undefined);
}
