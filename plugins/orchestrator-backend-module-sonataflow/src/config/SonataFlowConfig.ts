import { ProxyRule } from '../http/ProxyRule';
import { AddressPattern } from '../service/AddressPattern';

/** Certificates of a connection, in PEM. */
export interface TlsConfig {
  /** Trusted beside the usual authorities. */
  ca?: string;
  /** Client certificate and key, for mutual TLS. */
  cert?: string;
  key?: string;
}

/** An address that the portal calls on its own account. */
export interface EndpointConfig {
  url: URL;
  /** Bearer token. */
  token?: string;
  timeoutMs: number;
  tls: TlsConfig;
}

/** Which workflow services may be called, and how. */
export interface ServiceRule {
  match: AddressPattern;
  rewrite?: string;
  allowPrivate: boolean;
  token?: string;
  tls: TlsConfig;
  timeoutMs: number;
}

export interface SonataFlowConfig {
  /** All is called directly without. */
  proxies?: ProxyRule;
  /** With the path of the GraphQL endpoint. */
  dataIndex: EndpointConfig;
  services: ServiceRule[];
  sink?: EndpointConfig;
}
