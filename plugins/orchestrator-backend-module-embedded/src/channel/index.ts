export { EngineFailure } from './ChannelMessage';
export type { ChannelPort } from './ChannelPort';
export type * from './EngineProtocol';
export { GatheringPort } from './GatheringPort';
export { RequestChannel, RequestTimeoutError } from './RequestChannel';
export type { RequestOptions } from './RequestChannel';
export { saySame } from './saySame';
export { serveRequests } from './serveRequests';
export type { Served, ServedCall } from './serveRequests';
