import { ResourceLookup } from '../parse';

/** @public */
export interface ValidateOptions {
  /**
   * Where the workflow is to run. For the embedded engine, functions that need more than it has
   * are errors; otherwise they are left to SonataFlow.
   */
  target?: 'embedded' | 'sonataflow';
  /** When given, files that the definition refers to have to exist and have what it names. */
  lookup?: ResourceLookup;
}
