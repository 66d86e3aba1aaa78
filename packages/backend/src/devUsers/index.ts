export { authModuleDevUsers as default } from './authModuleDevUsers';
