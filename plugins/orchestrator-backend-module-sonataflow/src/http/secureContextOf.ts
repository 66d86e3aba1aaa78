import * as tls from 'tls';
import { TlsConfig } from '../config/SonataFlowConfig';

/**
 * What connections are secured with; undefined for the machine's usual ways. Made once, since reading
 * all certificates for each connection would take longer than the connection.
 */
export function secureContextOf({
  ca,
  cert,
  key,
}: TlsConfig): tls.SecureContext | undefined {
  return ca || cert
    ? tls.createSecureContext({
        // Given authorities would replace the usual ones.
        ...(ca ? { ca: [...usualAuthorities(), ca] } : {}),
        ...(cert ? { cert, key } : {}),
      })
    : undefined;
}

/** Node before 22.15 can't tell those of NODE_EXTRA_CA_CERTS. */
function usualAuthorities(): readonly string[] {
  return typeof tls.getCACertificates === 'function'
    ? tls.getCACertificates('default')
    : tls.rootCertificates;
}
