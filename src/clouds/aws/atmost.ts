/**
 * Works through a list with so many at once, and gives the results in its order. The first failure ends it: what runs is
 * waited for by nobody, and nothing more is begun.
 */
export async function atMost<T, R>(
  most: number,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const failed = { yet: false };
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failed.yet) return;
      try {
        results[index] = await work(item);
      } catch (thrown) {
        failed.yet = true;
        throw thrown;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  return results;
}
