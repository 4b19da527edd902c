import { exemptionSet } from '../bindings/exemption.ts';
import type { Exemption, ExemptionSet } from '../bindings/exemption.ts';
import { RulesError } from '../bindings/errors.ts';
import type { ExemptionsNow } from '../decide/bear.ts';
import { messageOf } from '../kit/errors.ts';
import { bindStored } from './bind.ts';
import { exemptionFiles } from './files.ts';
import type { FileParts } from './files.ts';
import type { StoredExemption, StoredExemptions } from './store.ts';

export interface SourceParts extends FileParts {
  readonly clock: () => Date;
}

/** Every exemption there is, those of files and those of the store, judged as one set. */
export interface ExemptionSource {
  /** As of now: what was approved or revoked a second ago, by whatever replica, is in it. Never rejects. */
  readonly current: () => Promise<ExemptionsNow>;
  /**
   * From now on stored ones count too.
   *
   * @throws RulesError when one has the id of one of a file; both places are named.
   */
  readonly honour: (stored: StoredExemptions) => Promise<void>;
}

/** So old may be what is known of the store; asking it again takes the rest of the second. */
const FRESH_MS = 500;
/** What is older than this may have been revoked. */
const STALE_MS = 1000;
/** How long the store is waited for, by all decisions together: those that come later do not wait for an answer that is overdue. */
const PATIENCE_MS = 1000;
/** An answer that is so late may never come; another connection may have one. */
const GIVEN_UP_MS = 5000;

/** @throws RulesError when the files are wrong from the start. */
export function exemptionSource(parts: SourceParts): ExemptionSource {
  const ofFiles = exemptionFiles(parts);
  const join = joining(parts);
  let store: StoreWatch | undefined;
  return {
    current: async () => {
      const files = ofFiles();
      if (store === undefined) return { set: join(files, []), at: parts.clock(), notes: [] };
      const read = await store.read();
      if (read === undefined) return { set: join(files, []), at: parts.clock(), notes: [UNREAD] };
      return { set: join(files, read.exemptions), at: read.at(), notes: [] };
    },
    honour: async (stored) => {
      const first = bindAll(await stored.live(), parts);
      const clashes = clashesOf(ofFiles(), first);
      if (clashes.length > 0) throw new RulesError(clashes);
      store = watchStore(stored, parts);
    },
  };
}

const UNREAD = {
  code: 'exemptions-unread',
  message: 'The stored exemptions could not be read, so none of them counts.',
};

/** A set is made anew only when its parts changed: its digest is over all of them. */
function joining({ warn }: SourceParts) {
  let last: { files: readonly Exemption[]; stored: readonly Exemption[]; set: ExemptionSet };
  let made = false;
  return (files: readonly Exemption[], stored: readonly Exemption[]): ExemptionSet => {
    if (made && last.files === files && sameList(last.stored, stored)) return last.set;
    const clashes = clashesOf(files, stored);
    for (const { message } of clashes)
      warn('a stored exemption does not count: its id is taken', { clash: message });
    const taken = new Set(files.map(({ id }) => id));
    const set = exemptionSet([...files, ...stored.filter(({ id }) => !taken.has(id))]);
    last = { files, stored, set };
    made = true;
    return set;
  };
}

function sameList(a: readonly Exemption[], b: readonly Exemption[]): boolean {
  return a === b || (a.length === 0 && b.length === 0);
}

function clashesOf(files: readonly Exemption[], stored: readonly Exemption[]) {
  const placed = new Map(files.map(({ id, where }) => [id, where]));
  return stored.flatMap(({ id, where }) => {
    const other = placed.get(id);
    if (other === undefined) return [];
    return [{ message: `exemption ${id} stands in ${other} and in ${where}`, place: {} }];
  });
}

/** One that is only asked for holds its id, and bears nothing. */
function bindAll(stored: readonly StoredExemption[], { rules }: SourceParts): Exemption[] {
  return stored.map((one) => bindStored(one, rules));
}

interface StoreRead {
  readonly exemptions: readonly Exemption[];
  readonly at: () => Date;
}

/** A question to the store that has no answer yet. */
interface Asking {
  readonly done: Promise<void>;
  readonly since: number;
}

interface StoreWatch {
  /** `undefined`: nobody can tell what counts. */
  readonly read: () => Promise<StoreRead | undefined>;
}

function watchStore(stored: StoredExemptions, parts: SourceParts): StoreWatch {
  const { stopwatch, clock, warn } = parts;
  let known: (StoreRead & { readonly version: number; readonly begun: number }) | undefined;
  let failedAt = -Infinity;
  let asking: Asking | undefined;

  const ask = async (): Promise<void> => {
    const begun = stopwatch();
    try {
      const { version, now } = await stored.pulse();
      const ahead = now.getTime() - clock().getTime();
      const exemptions =
        known?.version === version ? known.exemptions : bindApproved(await stored.live(), parts);
      known = { version, exemptions, begun, at: () => new Date(clock().getTime() + ahead) };
    } catch (error) {
      failedAt = stopwatch();
      warn('the stored exemptions cannot be read', { error: messageOf(error) });
    }
  };
  const begin = (): Asking => {
    const done = ask().finally(() => {
      if (asking === begun) asking = undefined;
    });
    const begun = { done, since: stopwatch() };
    return begun;
  };
  const underWay = (): Asking | undefined =>
    asking !== undefined && stopwatch() - asking.since < GIVEN_UP_MS ? asking : undefined;
  const within = (milliseconds: number): boolean =>
    known !== undefined && stopwatch() - known.begun < milliseconds;
  return {
    read: async () => {
      if (within(FRESH_MS)) return known;
      // A store that is away is not waited for by every decision.
      if (stopwatch() - failedAt >= FRESH_MS) {
        asking = underWay() ?? begin();
        await patiently(asking.done, PATIENCE_MS - (stopwatch() - asking.since));
      }
      return within(STALE_MS) ? known : undefined;
    },
  };
}

function bindApproved(stored: readonly StoredExemption[], parts: SourceParts): Exemption[] {
  return bindAll(
    stored.filter(({ state }) => state === 'approved'),
    parts,
  );
}

async function patiently(work: Promise<void>, milliseconds: number): Promise<void> {
  if (milliseconds <= 0) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
