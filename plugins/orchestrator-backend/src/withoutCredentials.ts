/** Leaves out what proves an identity: user information in addresses, bearer tokens. */
export function withoutCredentials(text: string): string {
  return text
    .replaceAll(/(\/\/)[^\s/?#@]+@/g, '$1')
    .replaceAll(/\b(bearer|basic)\s+[\w.~+/=-]+/gi, '$1 …');
}
