import type { Rule } from '../../../src/bindings/rule.ts';
import { toResources } from '../../../src/catalogue/resolve.ts';
import type { Gap, Inventory, LiveResource, Page } from '../../../src/clouds/inventory.ts';
import type { Resource } from '../../../src/model/resource.ts';
import type { Verdict, VerdictSubject } from '../../../src/model/verdict.ts';
import type { Details } from '../../builders.ts';
import { comparesKind } from '../../../src/sweep/comparing.ts';
import type { Judge, Judged } from '../../../src/sweep/judge.ts';
import type { SweepParts, SweepLimits } from '../../../src/sweep/parts.ts';
import type { SweepEvent } from '../../../src/sweep/recorder.ts';
import type { RunRequest } from '../../../src/sweep/run.ts';
import { createSweeps } from '../../../src/sweep/service.ts';
import type { Sweeps } from '../../../src/sweep/service.ts';
import type { Store } from '../../../src/store/index.ts';
import { rule } from '../../rules.ts';
import { fakeOutside } from '../clouds/outside.ts';

/** A bucket that exists; without tags unless told. */
export function bucket(
  name: string,
  tags: Readonly<Record<string, string>> | 'unread' = {},
  more: Partial<LiveResource> & { raw?: Details } = {},
): LiveResource {
  const { raw, ...live } = more;
  return {
    resource: {
      address: `arn:aws:s3:::${name}`,
      type: 'bucket',
      provider: 'aws',
      dialect: 'inventory',
      action: 'present',
      scope: { account: '1', region: 'eu-central-1' },
      attributes: { name },
      unknown: [],
      sensitive: [],
      references: [],
      tags:
        tags === 'unread'
          ? { state: 'unknown', reason: 'AccessDenied' }
          : { state: 'known', values: tags },
      ...raw,
    },
    ...live,
  };
}

/** A part of the scripted cloud: its pages, each a list of resources, a page with gaps, or an error to throw. */
export interface Part {
  readonly account?: string;
  readonly region?: string;
  readonly type?: string;
  readonly pages: readonly (readonly LiveResource[] | Page | Error)[];
}

/** A cloud by a script; its parts may be exchanged between sweeps. */
export interface Cloud extends Inventory {
  parts: Record<string, Part>;
  gaps: readonly Gap[];
  accounts: readonly string[] | undefined;
  /** `part@cursor`, in the order of reading. */
  readonly reads: string[];
  /** Called before each page: a place to wait, or to break. */
  before: (key: string, cursor: string | undefined) => Promise<void> | void;
  whoMade?: NonNullable<Inventory['whoMade']>;
}

export function cloud(parts: Record<string, Part>, name = 'aws'): Cloud {
  const self: Cloud = {
    name,
    adapter: 'scripted',
    parts,
    gaps: [],
    accounts: undefined,
    reads: [],
    before: () => undefined,
    plan: () => {
      const all = Object.entries(self.parts);
      return Promise.resolve({
        partitions: all.map(([key, { account = '1', region, type }]) => ({
          key,
          scope: { account, ...(region === undefined ? {} : { region }) },
          ...(type === undefined ? {} : { type }),
        })),
        gaps: self.gaps,
        accounts: self.accounts ?? [...new Set(all.map(([, { account = '1' }]) => account))],
      });
    },
    read: async ({ key }, cursor, signal) => {
      await self.before(key, cursor);
      signal.throwIfAborted();
      self.reads.push(`${key}@${cursor ?? 'start'}`);
      const { pages } = self.parts[key]!;
      const number = Number(cursor ?? 0);
      const page = pages[number] ?? [];
      if (page instanceof Error) throw page;
      const next = number + 1 < pages.length ? { next: String(number + 1) } : {};
      return 'resources' in page ? { ...next, ...page } : { resources: page, ...next };
    },
    close: () => Promise.resolve(),
  };
  return self;
}

/** What a rule of the scripted judge says of a resource. */
export type Says = (
  resource: Resource,
) => Verdict extends infer V
  ? V extends VerdictSubject
    ? Omit<V, keyof VerdictSubject>
    : never
  : never;

/** Owner is there: compliant; unreadable: unknown; otherwise a violation of `tags.owner`. */
export const ownerNamed: Says = ({ address, tags, unknown }) => {
  if (unknown.includes('tags') || unknown.includes('tags.owner'))
    return { verdict: 'unknown', paths: ['tags.owner'] };
  if (tags['owner'] !== undefined) return { verdict: 'compliant' };
  const message = `${address} has no owner.`;
  return { verdict: 'violation', violations: [{ address, path: 'tags.owner', message }] };
};

/** A judge by a script: rule by rule what it says of each resource. */
export interface ScriptedJudge extends Judge {
  says: [Rule, Says][];
  /** Addresses of each call. */
  readonly asked: string[][];
  before: () => Promise<void> | void;
}

const DIGEST = `sha256:${'0'.repeat(64)}`;

export function scriptedJudge(...says: [Rule, Says][]): ScriptedJudge {
  const self: ScriptedJudge = {
    says: says.length === 0 ? [[rule(), ownerNamed]] : says,
    asked: [],
    before: () => undefined,
    rules: () => ({ digest: DIGEST, rules: self.says.map(([of]) => of) }),
    looksAt: () => true,
    compares: (kind) =>
      comparesKind(
        self.says.map(([of]) => of),
        kind,
      ),
    judge: async (raws): Promise<Judged> => {
      await self.before();
      const resources = toResources(raws);
      self.asked.push(resources.map(({ address }) => address));
      const verdicts = self.says.flatMap(([of, say]) =>
        resources.map((resource): Verdict => ({ ...subject(of, resource), ...say(resource) })),
      );
      const speaks = (address: string) => (one: Verdict) =>
        one.address === address && one.verdict !== 'not-applicable';
      return {
        resources,
        verdicts,
        judging: resources.map(({ address }) => verdicts.filter(speaks(address)).length),
        policies: { digest: DIGEST, count: 1 },
        rules: { digest: DIGEST, count: self.says.length },
      };
    },
  };
  return self;
}

function subject({ id, policy, enforce, unknown }: Rule, { address, kind }: Resource) {
  return {
    rule: id,
    policy: policy.id,
    severity: policy.severity,
    enforcement: enforce.sweep,
    onUnknown: unknown.sweep,
    address,
    kind,
  };
}

export interface Process {
  readonly sweeps: Sweeps;
  readonly events: SweepEvent[];
  readonly warnings: { readonly message: string; readonly facts: unknown }[];
  /** What a timer would do: leases are renewed. */
  readonly beat: () => void;
  /** Begins a run, waits for its end, and says what it came to. */
  readonly sweep: (
    request?: Partial<RunRequest>,
  ) => Promise<NonNullable<Awaited<ReturnType<Sweeps['status']>>>>;
}

let processes = 0;

/** One process that sweeps; several may share a store. */
export function startProcess(
  store: Store,
  judge: Judge,
  clouds: readonly Inventory[],
  limits: Partial<SweepLimits> = {},
  more: Partial<SweepParts> = {},
): Process {
  const outside = fakeOutside();
  const events: SweepEvent[] = [];
  const beats = new Set<() => void>();
  const instance = `process-${++processes}`;
  let runs = 0;
  const sweeps = createSweeps({
    store,
    judge,
    inventories: {
      names: clouds.map(({ name }) => name),
      open: (name) => Promise.resolve(clouds.find((inventory) => inventory.name === name)!),
    },
    record: (event) => {
      events.push(event);
      return Promise.resolve();
    },
    outside: {
      ...outside,
      every: (_, work) => {
        beats.add(work);
        return () => beats.delete(work);
      },
    },
    newId: () => `${instance}-run-${++runs}`,
    instance,
    limits,
    ...more,
  });
  return {
    sweeps,
    events,
    warnings: outside.warnings,
    beat: () => {
      for (const beat of beats) beat();
    },
    sweep: async (given = {}) => {
      const id = await sweeps.start({ ...request(clouds), ...given });
      return (await sweeps.finished(id))!;
    },
  };
}

export function request(clouds: readonly Pick<Inventory, 'name'>[]): RunRequest {
  return {
    name: 'ad-hoc',
    inventories: clouds.map(({ name }) => name),
    coverage: 100,
    concurrency: 4,
    trigger: { by: 'person' },
  };
}

/** A place where whoever comes by waits until it is let go; afterwards nobody does. */
export function haltOnce() {
  let arrive = (): void => undefined;
  let letGo = (): void => undefined;
  const reached = new Promise<void>((resolve) => (arrive = resolve));
  const released = new Promise<void>((resolve) => (letGo = resolve));
  const wait = (): Promise<void> => {
    arrive();
    return released;
  };
  return { wait, reached, letGo: () => letGo() };
}
