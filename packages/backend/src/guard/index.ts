export { authModuleGuard as default } from './authModuleGuard';
