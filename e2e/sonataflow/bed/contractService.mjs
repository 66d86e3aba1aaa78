const FUNCTION = 'kogito.sw.functions.callContractService';

/** Properties that tell a service where the contract tests put the one that a workflow calls. */
export function contractService(port) {
  return { [`${FUNCTION}.host`]: '127.0.0.1', [`${FUNCTION}.port`]: port };
}
