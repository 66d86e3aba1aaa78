export * from './EmbeddedConfig';
export { parseEmbeddedConfig } from './parseEmbeddedConfig';
