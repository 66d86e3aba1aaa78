export { EngineFailure } from './ChannelMessage';
export type { ChannelPort } from './ChannelPort';
export type * from './EngineProtocol';
export { RequestChannel, RequestTimeoutError } from './RequestChannel';
export type { RequestOptions } from './RequestChannel';
export { serveRequests } from './serveRequests';
export type { Served, ServedCall } from './serveRequests';
