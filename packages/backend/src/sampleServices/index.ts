export { sampleServicesPlugin as default } from './sampleServicesPlugin';
