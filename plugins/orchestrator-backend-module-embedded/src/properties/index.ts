export { parseProperties } from './parseProperties';
