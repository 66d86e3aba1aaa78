export { checkFolder } from './checkFolder';
export type {
  CheckedFile,
  DefinitionFile,
  FolderCheckOptions,
} from './checkFolder';
export { checkTogether } from './checkTogether';
export type { NamedWorkflow } from './checkTogether';
export { checkWorkflow } from './checkWorkflow';
export type { CheckedWorkflow, CheckOptions } from './checkWorkflow';
