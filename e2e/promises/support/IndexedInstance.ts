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
export async function indexedInstances(
  dataIndexUrl: string,
  workflowId: string,
): Promise<IndexedInstance[]> {
  const answer = await fetch(`${dataIndexUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: QUERY,
      variables: { where: { processId: { equal: workflowId } } },
    }),
  });
  const { data, errors } = await answer.json();
  if (errors) {
    throw new Error(`The Data Index refused: ${JSON.stringify(errors)}`);
  }
  return data.ProcessInstances;
}
