import { openAwsTagger } from '../../../../src/clouds/aws/tagger.ts';
import type { AwsEstate, AwsFault } from '../../../../src/clouds/fakes/aws/index.ts';
import type { TagChange, TagResult, Tagger } from '../../../../src/clouds/tagger.ts';
import { HOME, instance, REGION, stage } from './estates.ts';
import type { Stage } from './estates.ts';

export const { signal } = new AbortController();
const opened: { close: () => Promise<void> }[] = [];

/** Ends what a test has opened; for `afterEach`. */
export async function closeAll(): Promise<void> {
  for (const one of opened.splice(0)) await one.close();
}

export interface Scene extends Stage {
  readonly tagger: Tagger;
  readonly write: (changes: readonly TagChange[]) => Promise<readonly TagResult[]>;
  /** Calls that wrote, by the ARNs in them. */
  readonly writes: () => string[][];
  readonly ownersNow: () => Record<string, string | undefined>;
}

export async function scene(
  estate: AwsEstate,
  faults: readonly AwsFault[] = [],
  attemptSeconds = 10,
): Promise<Scene> {
  const staged = await stage(estate, faults);
  const tagger = openAwsTagger(
    staged.settings({ role: 'arn:aws:iam::{account}:role/tagger', attemptSeconds }),
    staged.outside,
  );
  opened.push(tagger, staged.fake);
  return {
    ...staged,
    tagger,
    write: async (changes) => await tagger.write(changes, signal),
    writes: () =>
      staged.fake.calls
        .filter(({ operation }) => /^(Tag|Untag)Resources$/.test(operation))
        .map(({ input }) => input['ResourceARNList'] as string[]),
    ownersNow: () =>
      Object.fromEntries(
        staged.fake
          .estate()
          .accounts.flatMap(({ regions }) => regions.flatMap(({ items }) => items))
          .map(({ resourceId, tags }) => [resourceId, tags?.['owner']]),
      ),
  };
}

export function machines(count: number) {
  return Array.from({ length: count }, (_, number) => instance(number, { tags: { Name: 'm' } }));
}

export function owned(item: { arn: string; resourceType: string }, owner = 'shop'): TagChange {
  return {
    target: {
      address: item.arn,
      type: item.resourceType,
      scope: { account: HOME, region: REGION },
    },
    set: { owner },
    remove: [],
  };
}
