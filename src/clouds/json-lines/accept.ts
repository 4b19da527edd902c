import { PortcullisError } from '../../kit/errors.ts';
import { LINE_LIMITS, parseInventoryLines } from './parse.ts';
import type { LineLimits } from './parse.ts';
import type { InventoryLine } from './schema.ts';

/** What is wrong with one line. */
export interface LineProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

/** Said of a file, or a push, in which nothing stands. */
export const NO_LINE =
  'there is no line, as of an export that failed; where there may be nothing, say `empty: true` of the inventory';

/** A pushed inventory of which nothing is taken, with every line that is wrong, up to a hundred. */
export class InventoryRefused extends PortcullisError<'INVENTORY_REFUSED'> {
  readonly problems: readonly LineProblem[];
  /** How many problems there are beside those. */
  readonly more: number;

  constructor(problems: readonly LineProblem[], more: number) {
    const [first] = problems;
    const count = problems.length + more;
    super(
      'INVENTORY_REFUSED',
      `the inventory has ${count} ${count === 1 ? 'problem' : 'problems'}, the first one in line ${first?.line ?? 1}: ${first?.message ?? ''}`,
      {
        help: 'Nothing of it was taken; the inventory pushed before stands. Mend the lines and push it whole.',
      },
    );
    this.problems = problems;
    this.more = more;
  }
}

const MOST_PROBLEMS = 100;

/**
 * The lines of a push: all of them are right, or it ends with an error and nothing that was given before counts. Write
 * them in one transaction. After the first problem the rest is looked through for more, and given no more.
 *
 * @param empty no line at all is right too.
 * @throws InventoryRefused at the end.
 */
export async function* acceptedLines(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { limits = LINE_LIMITS, empty }: { readonly limits?: LineLimits; readonly empty: boolean },
): AsyncGenerator<InventoryLine> {
  const ids = new Map<string, number>();
  const problems: LineProblem[] = [];
  let more = 0;
  for await (const result of parseInventoryLines(chunks, limits)) {
    const found = 'problems' in result ? result.problems : twice(ids, result.value.id, result.line);
    for (const message of found) {
      if (problems.length < MOST_PROBLEMS) problems.push({ line: result.line, message });
      else more += 1;
    }
    if ('value' in result && problems.length === 0) yield result.value;
  }
  if (ids.size === 0 && problems.length === 0 && !empty)
    problems.push({ line: 1, message: NO_LINE });
  if (problems.length > 0) throw new InventoryRefused(problems, more);
}

function twice(ids: Map<string, number>, id: string, line: number): string[] {
  const before = ids.get(id);
  if (before !== undefined) return [`its id stands in line ${before} already`];
  ids.set(id, line);
  return [];
}
