export { Deployments } from './Deployments';
export type { DeploymentChange, LoadWitness } from './Deployments';
