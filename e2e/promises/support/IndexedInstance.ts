/** An instance as the Data Index has it. */
export interface IndexedInstance {
  id: string;
  processId: string;
  version: string;
  state: string;
  businessKey: string | null;
}

const QUERY = `query ($where: ProcessInstanceArgument) {
  ProcessInstances(where: $where) { id processId version state businessKey }
}`;

/** Asks the Data Index itself: what the store of the portal has to agree with. */
export function indexedInstances(
  dataIndexUrl: string,
  workflowId: string,
): Promise<IndexedInstance[]> {
  return ask(dataIndexUrl, { processId: { equal: workflowId } });
}

/**
 * Those of which it knows that they came to wait for an event. An index that is killed before it was
 * told so never hears of it again.
 */
export function indexedAsWaiting(
  dataIndexUrl: string,
  workflowId: string,
): Promise<IndexedInstance[]> {
  return ask(dataIndexUrl, {
    processId: { equal: workflowId },
    nodes: { type: { equal: 'EventNode' } },
  });
}

async function ask(
  dataIndexUrl: string,
  where: object,
): Promise<IndexedInstance[]> {
  const answer = await fetch(`${dataIndexUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: QUERY,
      variables: { where },
    }),
  });
  const { data, errors } = await answer.json();
  if (errors) {
    throw new Error(`The Data Index refused: ${JSON.stringify(errors)}`);
  }
  return data.ProcessInstances;
}
