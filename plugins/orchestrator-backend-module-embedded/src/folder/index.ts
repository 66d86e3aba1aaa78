export type {
  FolderFile,
  FolderSnapshot,
  UnreadableFile,
} from './FolderSnapshot';
export { FolderResources } from './FolderResources';
export { FolderWatch } from './FolderWatch';
export { readFolder } from './readFolder';
