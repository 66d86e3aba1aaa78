import { Shape, stateShapes, workflowShape } from './fieldNames';
import { SourceElement } from './SourceElement';

/**
 * Notes fields that Serverless Workflow 0.8 does not have. SonataFlow skips them in silence, so a
 * typing error would go unnoticed until something does not happen.
 */
export function noteUnknownFields(workflow: SourceElement): void {
  noteUnknown(workflow, workflowShape);
  const states = workflow.field('states');
  if (states?.kind !== 'list') return;
  for (const state of states.items()) {
    const type = state.field('type');
    const name = (type?.kind === 'scalar' && type.text()) || '';
    if (Object.hasOwn(stateShapes, name)) noteUnknown(state, stateShapes[name]);
  }
}

function noteUnknown(element: SourceElement, shape: Shape): void {
  if (element.kind === 'list') {
    for (const item of element.items()) noteUnknown(item, shape);
    return;
  }
  for (const name of element.fieldNames()) {
    const field = element.field(name);
    const expected = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (expected === undefined) {
      field?.note(
        'unknown-field',
        `Serverless Workflow 0.8 has no "${name}" here, so it is skipped.${suggestion(
          name,
          Object.keys(shape),
        )}`,
        'warning',
      );
    } else if (expected !== 'anything' && field) {
      noteUnknown(field, expected);
    }
  }
}

function suggestion(name: string, known: string[]): string {
  const near = known.find(candidate => isNear(name, candidate));
  return near === undefined ? '' : ` Is "${near}" meant?`;
}

/** Equal but for upper case, one letter more, less or other, or two exchanged. */
function isNear(a: string, b: string): boolean {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  if (left === right) return true;
  let start = 0;
  while (start < left.length && left[start] === right[start]) start += 1;
  const [restLeft, restRight] = [left.slice(start), right.slice(start)];
  return (
    restLeft.slice(1) === restRight ||
    restLeft === restRight.slice(1) ||
    (restLeft.length > 0 && restLeft.slice(1) === restRight.slice(1)) ||
    (restLeft.length > 1 &&
      restLeft[1] + restLeft[0] + restLeft.slice(2) === restRight)
  );
}
