import { hostname } from 'node:os';
import { pid } from 'node:process';

import type { Reports } from './audit-report/reports.ts';
import { CLOUD_ADAPTERS, openInventory, openTagger } from './clouds/registry.ts';
import type { Tagger } from './clouds/tagger.ts';
import { composeExemptions } from './compose-exemptions.ts';
import type { ComposedExemptions } from './compose-exemptions.ts';
import { inventoryOf, outsideOf } from './compose-outside.ts';
import { compose } from './compose.ts';
import { composeReports } from './compose-reports.ts';
import type { Environment } from './config/environment.ts';
import type { Config } from './config/schema.ts';
import { repairAutomatically } from './fleet/automatic.ts';
import { createFleet } from './fleet/create.ts';
import { estateOf } from './fleet/estate.ts';
import type { Fleet } from './fleet/fleet.ts';
import { gateFeed } from './fleet/gate-feed.ts';
import { lastWholeRun } from './fleet/gaps.ts';
import { JUDGE_MS, judgeOf } from './fleet/judge.ts';
import { repairsOnDemand } from './fleet/repairs-on-demand.ts';
import { repairsUnderway } from './fleet/repairs-underway.ts';
import type { UnderwayRepairs } from './fleet/repairs-underway.ts';
import { resumeLeftBehind } from './fleet/resume-repairs.ts';
import type { Gateway } from './gateway.ts';
import type { Log } from './http/log.ts';
import { compact } from './kit/compact.ts';
import { newIds } from './kit/new-id.ts';
import { createRepairs } from './repair/repairs.ts';
import type { Repairs } from './repair/repairs.ts';
import type { RepairsParts } from './repair/ports.ts';
import { openStore } from './store/index.ts';
import type { Store } from './store/index.ts';
import type { SweepOutside } from './sweep/parts.ts';
import { startScheduler } from './sweep/schedule.ts';
import type { Scheduler } from './sweep/schedule.ts';
import { createSweeps } from './sweep/service.ts';
import type { Sweeps } from './sweep/service.ts';

/** What of the world the fleet may know; the entries hand it over. */
export interface FleetWorld {
  /** Where SDKs look for credentials. */
  readonly env: Environment;
  readonly warn: Log['warn'];
  /** True where requests are answered by the same thread: a sweep then takes smaller steps, so that none waits long. */
  readonly besideDoor: boolean;
  /** Told of everything that was recorded. */
  readonly told?: (event: FleetEvent) => void;
}

type FleetEvent = Parameters<Gateway['record']>[0];

/** The fleet, and what only the process that stays needs. */
export interface ComposedFleet {
  readonly fleet: Fleet;
  readonly reports: Reports;
  /** Runs the configured sweeps when they are due, and goes on with what a process that died had begun. */
  readonly schedule: () => Scheduler;
}

/** Resources that are judged and written in one step: some ten milliseconds. */
const GROUP_BESIDE_DOOR = 100;

/** What everything here stands on. */
interface Rock {
  readonly config: Config;
  readonly gateway: Gateway;
  readonly store: Store;
  readonly outside: SweepOutside;
  readonly record: (event: FleetEvent) => Promise<void>;
  readonly newId: (time: Date) => string;
  /** Names this process among those that share the store. */
  readonly instance: string;
}

/** With what whoever reads findings is told: who bears them. */
interface Ground extends Rock {
  readonly exemptions: ComposedExemptions;
}

/**
 * Configuration -> inventories, store, sweeps, repairs -> fleet, over a gateway that records.
 *
 * @throws StoreError when what is kept of the fleet cannot be opened.
 */
export async function composeFleet(
  config: Config,
  gateway: Gateway,
  world: FleetWorld,
): Promise<ComposedFleet> {
  const outside = outsideOf(world);
  const { url } = config.store;
  const store = await openStore({ folder: config.data, outside, ...compact({ url }) });
  // Nobody asks for the gate's words where nothing is swept.
  if (config.inventories.length > 0) gateway.follow(gateFeed(store.gateIndex, world.warn));
  const newId = newIds();
  const instance = `${hostname()}/${pid}/${newId(outside.clock())}`;
  const followers: ((event: FleetEvent) => void)[] = [];
  const record = async (event: FleetEvent): Promise<void> => {
    await gateway.record(event);
    world.told?.(event);
    for (const follow of followers) follow(event);
  };
  const rock: Rock = { config, gateway, store, outside, record, newId, instance };
  const ground: Ground = { ...rock, exemptions: await exemptionsOn(rock) };
  const sweeps = sweepsOn(ground, world.besideDoor);
  followers.push(({ type, subject }) => {
    if (type === 'sweep.finished') ground.exemptions.sweepEnded(subject, sweeps);
  });
  const taggers = new Map<string, Tagger>();
  const repairs = repairsUnderway(
    repairsOnDemand(async () => {
      await openTaggers(config, outside, taggers);
      return createRepairs(repairParts(ground, taggers));
    }),
  );
  const { findings, desk: exemptions } = ground.exemptions;
  return {
    fleet: fleetOn(ground, sweeps, repairs, taggers),
    reports: composeReports({ ...rock, findings, exemptions }),
    schedule: () => scheduleOn(ground, sweeps, repairs, (follow) => void followers.push(follow)),
  };
}

/** A clash of ids keeps the fleet from opening, and leaves nothing open. */
async function exemptionsOn(rock: Rock): Promise<ComposedExemptions> {
  try {
    return await composeExemptions(rock);
  } catch (error) {
    await rock.store.close();
    throw error;
  }
}

function sweepsOn(ground: Ground, besideDoor: boolean): Sweeps {
  const { config, gateway, store, outside, record, newId, instance } = ground;
  return createSweeps({
    store,
    inventories: {
      names: config.inventories.map(({ name }) => name),
      open: async (name) =>
        await openInventory(inventoryOf(config, name), { outside, pushed: store.pushed }),
    },
    judge: judgeOf(gateway),
    record,
    outside,
    newId,
    instance,
    ...(besideDoor ? { limits: { group: GROUP_BESIDE_DOOR } } : {}),
  });
}

function fleetOn(
  ground: Ground,
  sweeps: Sweeps,
  repairs: UnderwayRepairs,
  taggers: ReadonlyMap<string, Tagger>,
): Fleet {
  const { config, store, outside, record, newId, exemptions } = ground;
  return createFleet({
    inventories: config.inventories,
    titleOf: async (type) => (await CLOUD_ADAPTERS[type]()).title,
    configured: config.sweeps,
    sweeps,
    findings: exemptions.findings,
    live: store.fleet,
    pushed: store.pushed,
    repairs,
    exemptions: exemptions.desk,
    newId: () => newId(outside.clock()),
    record,
    close: async () => {
      if (!(await repairs.settled(REPAIRS_END_MS)))
        outside.warn('a repair is still under way; whoever starts next goes on with it', {});
      await Promise.all([...taggers.values()].map((tagger) => tagger.close()));
      await exemptions.close();
      await store.close();
    },
  });
}

/** A repair that is stopped ends after the call that it is at. */
const REPAIRS_END_MS = 5000;

/** Longer than a repair is held without a sign of life: then whoever had it is gone. */
const LOOK_FOR_REPAIRS_MS = 150_000;

function scheduleOn(
  ground: Ground,
  sweeps: Sweeps,
  repairs: Repairs,
  follow: (told: (event: FleetEvent) => void) => void,
): Scheduler {
  const { config, gateway, store, outside, record, exemptions } = ground;
  const scheduler = startScheduler({
    settings: config.sweeps,
    sweeps,
    fires: store.fires,
    inventories: config.inventories.map(({ name }) => name),
    record,
    outside,
  });
  const unkept = exemptions.keep();
  const ending = new AbortController();
  const look = (): void => void resumeLeftBehind(store.repairs, repairs, outside, ending.signal);
  const quiet = outside.every(LOOK_FOR_REPAIRS_MS, look);
  look();
  const automatic = {
    rules: () => gateway.rules().rules,
    repairs,
    writes: () => config.repairs.writes,
    warn: outside.warn,
  };
  follow(({ type, subject }) => {
    if (type !== 'sweep.finished') return;
    // The record comes before the end: what it found is in place once the run is over.
    void sweeps
      .finished(subject)
      .then(async () => await repairAutomatically(automatic, ending.signal));
  });
  return {
    tick: scheduler.tick,
    stop: async () => {
      quiet();
      unkept();
      ending.abort(new Error('the gate is stopping'));
      await scheduler.stop();
    },
  };
}

async function openTaggers(
  { inventories }: Config,
  outside: SweepOutside,
  taggers: Map<string, Tagger>,
): Promise<void> {
  for (const settings of inventories) {
    const tagger = await openTagger(settings, outside);
    if (tagger !== undefined) taggers.set(settings.name, tagger);
  }
}

/** The fleet in a process of its own, with a gateway that closes with it. */
export async function composeFleetAlone(
  config: Config,
  world: FleetWorld,
): Promise<Fleet & { readonly reports: Reports }> {
  const gateway = await compose(config, { record: true, warn: world.warn });
  try {
    const { fleet, reports } = await composeFleet(config, gateway, world);
    return {
      ...fleet,
      reports,
      close: async () => {
        await fleet.close();
        await gateway.close();
      },
    };
  } catch (error) {
    await gateway.close();
    throw error;
  }
}

function repairParts(ground: Ground, taggers: ReadonlyMap<string, Tagger>): RepairsParts {
  const { config, gateway, store, outside, record, newId, instance, exemptions } = ground;
  return {
    journal: store.repairs,
    leases: store.leases,
    recorder: ({ time: _, ...event }) => record(event),
    tagger: (name) => taggers.get(name),
    writes: () => config.repairs.writes,
    outside,
    owner: instance,
    estate: (scope, signal) =>
      estateOf(
        {
          findings: exemptions.findings,
          live: store.fleet,
          runs: (inventory) => lastWholeRun(store.sweeps, inventory),
          rules: () => gateway.rules().rules,
        },
        scope,
        signal,
      ),
    rules: () => gateway.rules(),
    judge: async (resources) => {
      const context = { repair: true };
      const now = outside.clock();
      const request = { resources, point: 'sweep' as const, context, now, deadlineMs: JUDGE_MS };
      return (await gateway.judge(request)).verdicts;
    },
    settings: () => config.repairs,
    newId,
  };
}
