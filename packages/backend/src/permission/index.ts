export { permissionModuleOrchestratorRoles as default } from './permissionModuleOrchestratorRoles';
