import { Workflow } from '../../model';
import { Properties } from './Properties';

/** What functions are made of beside their definitions. */
export interface FunctionSources {
  workflow: Workflow;
  properties: Properties;
  /** Texts of OpenAPI and other documents by the URI that the workflow uses. */
  resources: Readonly<Record<string, string>>;
}
