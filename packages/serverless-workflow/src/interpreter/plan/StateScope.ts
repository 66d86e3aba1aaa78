import { State } from '../../model';
import { ActionScope } from './compileActions';
import { CompositeNode, ForEachNode, WORKFLOW_DATA } from './Plan';

/** Attaches the error handlers of a state to a composite. */
export type AttachHandlers = (composite: CompositeNode | ForEachNode) => void;

/** Where the actions of a state stand that work on the workflow data itself. */
export function scopeOf(state: State): ActionScope {
  return { stateName: state.name, mergesResults: true, model: WORKFLOW_DATA };
}
