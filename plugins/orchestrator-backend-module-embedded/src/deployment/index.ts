export { Deployments } from './Deployments';
export type { DeploymentChange } from './Deployments';
