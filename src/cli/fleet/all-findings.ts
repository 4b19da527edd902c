import type { Fleet } from '../../fleet/fleet.ts';
import type { FindingQuery, FindingView } from '../../fleet/views.ts';

/** Page by page, however many there are. */
export async function* allFindings(
  fleet: Pick<Fleet, 'findings'>,
  query: FindingQuery,
): AsyncGenerator<FindingView> {
  let after: string | undefined;
  do {
    const page = await fleet.findings(query, 1000, after);
    yield* page.findings;
    after = page.next;
  } while (after !== undefined);
}
