/** A line that is right, with what a test changes. */
export function line(id: string, changes: Record<string, unknown> = {}): string {
  return JSON.stringify({
    id,
    kind: 'mainframe.dataset',
    provider: 'mainframe',
    tags: { owner: 'ana' },
    ...changes,
  });
}

export function text(...lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

/** Everything that comes, in a list. */
export async function gather<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
