import { generate } from 'selfsigned';

/** A certificate that is its own authority, made for one test run. */
export interface Certificate {
  cert: string;
  key: string;
}

/** @param hosts - names that its owner may be called by, beside 127.0.0.1 */
export function makeCertificate(...hosts: string[]): Certificate {
  const made = generate([{ name: 'commonName', value: hosts[0] ?? 'test' }], {
    algorithm: 'sha256',
    keySize: 2048,
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: '127.0.0.1' },
          ...hosts.map(value => ({ type: 2, value })),
        ],
      },
    ],
  });
  return { cert: made.cert, key: made.private };
}
