import { acceptedLines } from '../clouds/json-lines/accept.ts';
import type { ExemptionDesk } from '../exemption/desk.ts';
import { isWritable } from '../clouds/registry.ts';
import type { InventorySettings } from '../clouds/registry.ts';
import { compact } from '../kit/compact.ts';
import { coversGlob } from '../kit/glob.ts';
import { sha256 } from '../kit/digest.ts';
import type { Repairs } from '../repair/repairs.ts';
import type { PushedStore } from '../store/pushed/pushed.ts';
import type { Finding, FindingFilter, Findings } from '../sweep/finding.ts';
import type { Fleet as LiveFleet } from '../sweep/fleet.ts';
import { toRequest } from '../sweep/request.ts';
import type { RunRequest, RunStatus } from '../sweep/run.ts';
import type { SweepSetting } from '../sweep/schema.ts';
import type { Sweeps } from '../sweep/service.ts';
import { FleetError } from './errors.ts';
import type { Fleet, PushAsk } from './fleet.ts';
import { repairDesk } from './repair-desk.ts';
import { ChangePageView, FindingView, SweepView } from './views.ts';
import type { FindingQuery, InventoryView, SweepAsk } from './views.ts';

/** What the fleet is made of; the composition root puts it together. */
export interface FleetParts {
  readonly inventories: readonly InventorySettings[];
  readonly titleOf: (type: InventorySettings['type']) => Promise<string>;
  /** The sweeps of the configuration. */
  readonly configured: readonly SweepSetting[];
  readonly sweeps: Sweeps;
  readonly findings: Findings;
  readonly live: LiveFleet;
  readonly pushed: PushedStore;
  readonly repairs: Repairs;
  readonly exemptions: ExemptionDesk;
  readonly newId: () => string;
  readonly record: (event: FleetEvent) => Promise<void>;
  /** Ends what is under way in this process, so that it can be resumed. */
  readonly close: () => Promise<void>;
}

export interface FleetEvent {
  readonly type: 'inventory.pushed';
  readonly subject: string;
  readonly actor: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The fleet of this process. */
export function createFleet(parts: FleetParts): Fleet {
  const { sweeps, findings } = parts;
  const ending = new AbortController();
  return {
    inventories: () => inventoriesOf(parts),
    push: (name, push, actor) => takePush(parts, name, push, actor),
    ...sweepDesk(parts),
    changes: async (run, limit, after) => {
      // No change of a sweep is an answer; no change of a sweep that never was is none.
      if ((await sweeps.status(run)) === undefined) throw unknown('sweep', run);
      return ChangePageView.parse(await findings.changes(run, limit, after));
    },
    findings: async (query, limit, after) => {
      const filter = filterOf(query);
      const { findings: found, next } = await findings.list(filter, limit, after);
      return {
        findings: found.map(toFindingView),
        ...(after === undefined ? { totals: await findings.totals(filter) } : {}),
        ...(next === undefined ? {} : { next }),
      };
    },
    finding: async (id) => {
      const found = await findings.find(id);
      if (found === undefined) throw unknown('finding', id);
      return toFindingView(found);
    },
    ...repairDesk(parts.repairs, ending.signal),
    exemptions: parts.exemptions,
    close: async () => {
      ending.abort(new Error('the gate is stopping'));
      await sweeps.close();
      await parts.close();
    },
  };
}

function sweepDesk(parts: FleetParts) {
  const { sweeps } = parts;
  const one = async (id: string): Promise<SweepView> => {
    const status = await sweeps.status(id);
    if (status === undefined) throw unknown('sweep', id);
    return toSweepView(status);
  };
  return {
    startSweep: async (ask, actor) => await one(await sweeps.start(requestOf(parts, ask, actor))),
    sweeps: async (limit) => {
      const heads = await sweeps.list({}, limit);
      return await Promise.all(heads.map(({ id }) => one(id)));
    },
    sweep: one,
    cancelSweep: async (id, actor) => {
      if (!(await sweeps.cancel(id, actor))) {
        const { state } = await one(id);
        throw new FleetError(
          'FLEET_INVALID',
          `The sweep ${id} is ${state}; there is nothing to end.`,
        );
      }
      return await one(id);
    },
    resumeSweep: async (id, actor) => {
      await sweeps.resume(id, actor);
      return await one(id);
    },
  } satisfies Partial<Fleet>;
}

const COVERAGE = 100;
const CONCURRENCY = 4;

/**
 * A sweep of the configuration, narrowed to what else is asked; or a new one in one's own words.
 *
 * @throws FleetError when the name is not configured, or does not sweep an inventory that is asked for.
 */
export function requestOf(
  parts: Pick<FleetParts, 'inventories' | 'configured'>,
  ask: SweepAsk,
  actor: string,
): RunRequest {
  const { name, accounts, regions, kinds, coverage } = ask;
  const trigger = { by: 'person' as const, actor };
  const narrowed = compact({ accounts, regions, kinds, coverage });
  const names = parts.inventories.map((one) => one.name);
  // One that is named twice is one to read.
  const asked = ask.inventories && [...new Set(ask.inventories)];
  if (name !== undefined) {
    const whole = toRequest(configuredSweep(parts, name), names, trigger);
    requireWithin(whole, { ...narrowed, inventories: asked });
    requireAsStrict(whole, coverage);
    return { ...whole, ...(asked === undefined ? {} : { inventories: asked }), ...narrowed };
  }
  const inventories = asked ?? names;
  if (inventories.length === 0)
    throw new FleetError('FLEET_INVALID', 'There is no inventory to sweep.', {
      help: 'Add one under inventories: in portcullis.yaml.',
    });
  const defaults = { coverage: COVERAGE, concurrency: CONCURRENCY };
  return { name: 'ad-hoc', inventories, ...defaults, ...narrowed, trigger };
}

/** A sweep that goes by a name never reads what it does not read otherwise. */
function requireWithin(
  whole: RunRequest,
  asked: Pick<SweepAsk, 'inventories' | 'accounts' | 'regions' | 'kinds'>,
): void {
  const { name, inventories } = whole;
  const strange = asked.inventories?.find((one) => !inventories.includes(one));
  if (strange !== undefined) throw tooWide(name, strange, inventories);
  for (const field of ['accounts', 'regions', 'kinds'] as const) {
    const globs = whole[field];
    if (globs === undefined) continue;
    const wider = asked[field]?.find((one) => !globs.some((glob) => coversGlob(glob, one)));
    if (wider !== undefined) throw tooWide(name, `${field} ${wider}`, globs);
  }
}

/** What must have been read is said in the configuration; who asks may ask for more, and never for a pass with less. */
function requireAsStrict({ name, coverage }: RunRequest, asked: number | undefined): void {
  if (asked === undefined || asked >= coverage) return;
  throw new FleetError(
    'FLEET_INVALID',
    `The sweep ${name} needs ${coverage} percent of its accounts, not ${asked}.`,
    { help: 'Change its coverage in portcullis.yaml, or sweep without its name.' },
  );
}

function tooWide(sweep: string, strange: string, reads: readonly string[]): FleetError {
  return new FleetError('FLEET_INVALID', `The sweep ${sweep} does not read ${strange}.`, {
    help: `It reads ${reads.join(', ')}. Leave the name out to sweep anything else.`,
  });
}

function configuredSweep(
  { configured }: Pick<FleetParts, 'configured'>,
  name: string,
): SweepSetting {
  const found = configured.find((one) => one.name === name);
  if (found !== undefined) return found;
  const names = configured.map((one) => one.name);
  throw new FleetError('FLEET_UNKNOWN', `There is no sweep called ${name}.`, {
    help:
      names.length === 0
        ? 'None is configured; leave the name out, or add one under sweeps: in portcullis.yaml.'
        : `There are: ${names.join(', ')}.`,
  });
}

/** What is asked about inventories. */
interface InventoryParts extends Pick<FleetParts, 'inventories' | 'titleOf'> {
  readonly sweeps: Pick<Sweeps, 'list'>;
  readonly live: Pick<LiveFleet, 'count'>;
  readonly pushed: Pick<PushedStore, 'snapshot'>;
}

export async function inventoriesOf(parts: InventoryParts): Promise<readonly InventoryView[]> {
  return await Promise.all(
    parts.inventories.map(async ({ name, type }): Promise<InventoryView> => {
      const pushed = type === 'json-lines' ? await parts.pushed.snapshot(name) : undefined;
      const resources = await parts.live.count({ inventory: name });
      const known = resources > 0 || (await wasSwept(parts.sweeps, name));
      return {
        name,
        type,
        title: await parts.titleOf(type),
        writes: isWritable(type),
        ...(pushed === undefined ? {} : { pushedAt: pushed.pushedAt }),
        ...(known ? { resources } : {}),
      };
    }),
  );
}

/** Sweeps that are looked through for one that read an inventory: what an older one found would be there. */
const LAST_SWEEPS = 100;

/** Nothing that was found there is not the same as nobody having looked. */
async function wasSwept(sweeps: InventoryParts['sweeps'], inventory: string): Promise<boolean> {
  const ended = await sweeps.list({ states: ['completed', 'incomplete'] }, LAST_SWEEPS);
  return ended.some(({ request }) => request.inventories.includes(inventory));
}

/** Recorded after it was taken: what counts is told by its digest, and a push that is not recorded is answered as failed. */
async function takePush(
  parts: FleetParts,
  name: string,
  { lines, partial }: PushAsk,
  actor: string,
) {
  const settings = parts.inventories.find((one) => one.name === name);
  if (settings === undefined) throw unknown('inventory', name);
  if (settings.type !== 'json-lines' || settings.paths !== undefined)
    throw new FleetError('FLEET_INVALID', `${name} is not an inventory that is pushed.`, {
      help: 'Those of type json-lines without paths are.',
    });
  const push = { name, id: parts.newId(), complete: !partial };
  // Of a part, none says nothing about the rest.
  const accepted = acceptedLines([lines], { empty: settings.empty || partial });
  const { count, pushedAt } = await parts.pushed.replace(push, accepted);
  const digest = sha256(lines);
  const body = { push: push.id, resources: count, digest, partial };
  await parts.record({ type: 'inventory.pushed', subject: name, actor, body });
  return { inventory: name, resources: count, pushedAt, digest };
}

function filterOf({ tag, ...rest }: FindingQuery): FindingFilter {
  const filter = compact(rest);
  if (tag === undefined) return filter;
  const at = tag.indexOf('=');
  return {
    ...filter,
    tag: at === -1 ? { key: tag } : { key: tag.slice(0, at), value: tag.slice(at + 1) },
  };
}

/** Through the schema, so that the answer is what the API promises, and nothing besides. */
function toSweepView(status: RunStatus): SweepView {
  return SweepView.parse(status);
}

function toFindingView(finding: Finding): FindingView {
  return FindingView.parse(finding);
}

/** Where somebody who has a wrong id finds the right one. */
const LISTED = {
  sweep: '`portcullis sweep list`, or GET /v1/sweeps',
  finding: '`portcullis findings list`, or GET /v1/findings',
  inventory: '`portcullis inventory list`, or GET /v1/inventories',
} as const;

function unknown(what: keyof typeof LISTED, id: string): FleetError {
  return new FleetError('FLEET_UNKNOWN', `There is no ${what} ${id}.`, {
    help: `Those that there are: ${LISTED[what]}.`,
  });
}
