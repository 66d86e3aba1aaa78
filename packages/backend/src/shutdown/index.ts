export { rootHttpRouter as default } from './rootHttpRouter';
