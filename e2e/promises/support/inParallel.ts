/** Does something with every item, a few at a time; answers in the order of the items. */
export async function inParallel<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  const rest = items.entries();
  const worker = async () => {
    for (const [position, item] of rest) {
      results[position] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
