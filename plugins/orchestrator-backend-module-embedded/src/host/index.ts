export { serveEngine } from './serveEngine';
