import type { TagChange, TagReading, TagResult, Tagger } from '../../../src/clouds/tagger.ts';
import { CLOUD } from './estate.ts';

export type Tags = Record<string, string>;

/** What goes wrong with a write of one resource. */
export type Fault =
  | 'failed'
  | 'conflict'
  /** Written, and the answer lost. */
  | 'uncertain-written'
  /** Not written, and the answer lost. */
  | 'uncertain-lost'
  /** The cloud says done and does nothing. */
  | 'lies';

/** A cloud that keeps tags in memory and does what the port says; a test can look in, change things behind, and break it. */
export interface FakeTagger extends Tagger {
  readonly tags: Map<string, Tags>;
  /** Every change that arrived, in order, those of a lost answer included. */
  readonly writes: TagChange[];
  readonly faults: Map<string, Fault>;
  /** Resources whose tags cannot be read. */
  readonly unreadable: Set<string>;
  /** Called before a read or write is done. */
  hook: (step: 'read' | 'write', addresses: readonly string[]) => void | Promise<void>;
}

export function fakeTagger(tags: Readonly<Record<string, Tags>>, name = 'estate'): FakeTagger {
  const kept = new Map(Object.entries(tags).map(([address, own]) => [address, { ...own }]));
  const fake: FakeTagger = {
    name,
    adapter: CLOUD.adapter,
    limits: CLOUD.limits,
    tags: kept,
    writes: [],
    faults: new Map(),
    unreadable: new Set(),
    hook: () => undefined,
    read: async (targets, signal) => {
      await fake.hook(
        'read',
        targets.map(({ address }) => address),
      );
      signal.throwIfAborted();
      return targets.map((target): TagReading => {
        const values = kept.get(target.address);
        if (fake.unreadable.has(target.address))
          return { target, tags: { state: 'unknown', reason: 'AccessDenied' } };
        if (values === undefined) return { target, tags: { state: 'missing' } };
        return { target, tags: { state: 'known', values: { ...values } } };
      });
    },
    write: async (changes) => {
      await fake.hook(
        'write',
        changes.map(({ target }) => target.address),
      );
      return changes.map((change) => writeOne(fake, change));
    },
    close: () => Promise.resolve(),
  };
  return fake;
}

function writeOne(fake: FakeTagger, change: TagChange): TagResult {
  const { target, set, remove } = change;
  const fault = fake.faults.get(target.address);
  const wrong = (outcome: 'failed' | 'uncertain' | 'conflict'): TagResult => ({
    target,
    outcome,
    code: outcome === 'failed' ? 'CLOUD_DENIED' : 'CLOUD_UNAVAILABLE',
    reason: outcome === 'failed' ? 'AccessDeniedException' : 'InternalServiceException',
    message: `the fake says ${outcome}`,
  });
  if (fault === 'failed' || fault === 'conflict') return wrong(fault);
  fake.writes.push(change);
  if (fault === 'uncertain-lost') return wrong('uncertain');
  if (fault !== 'lies') {
    const kept = Object.entries(fake.tags.get(target.address) ?? {}).filter(
      ([key]) => !remove.includes(key),
    );
    fake.tags.set(target.address, { ...Object.fromEntries(kept), ...set });
  }
  return fault === 'uncertain-written' ? wrong('uncertain') : { target, outcome: 'done' };
}
