import { hostname } from 'node:os';
import { pid } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

import { monotonicFactory } from 'ulid';

import { CLOUD_ADAPTERS, openInventory, openTagger } from './clouds/registry.ts';
import type { InventorySettings } from './clouds/registry.ts';
import type { Tagger } from './clouds/tagger.ts';
import { compose } from './compose.ts';
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
import { createRepairs } from './repair/repairs.ts';
import type { Repairs } from './repair/repairs.ts';
import type { RepairsParts } from './repair/ports.ts';
import { openStore } from './store/index.ts';
import type { Store } from './store/index.ts';
import type { SweepOutside } from './sweep/parts.ts';
import { exemptionsFor, withExemptions } from './sweep/exemptions.ts';
import type { Findings } from './sweep/finding.ts';
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
  /** Runs the configured sweeps when they are due, and goes on with what a process that died had begun. */
  readonly schedule: () => Scheduler;
}

/** Resources that are judged and written in one step: some ten milliseconds. */
const GROUP_BESIDE_DOOR = 100;

/** What everything here stands on. */
interface Ground {
  readonly config: Config;
  readonly gateway: Gateway;
  readonly store: Store;
  readonly outside: SweepOutside;
  readonly record: (event: FleetEvent) => Promise<void>;
  readonly newId: (time: Date) => string;
  /** Names this process among those that share the store. */
  readonly instance: string;
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
  const ulid = monotonicFactory();
  const newId = (time: Date): string => ulid(time.getTime());
  const instance = `${hostname()}/${pid}/${newId(outside.clock())}`;
  const followers: ((event: FleetEvent) => void)[] = [];
  const record = async (event: FleetEvent): Promise<void> => {
    await gateway.record(event);
    world.told?.(event);
    for (const follow of followers) follow(event);
  };
  const ground: Ground = { config, gateway, store, outside, record, newId, instance };
  const sweeps = sweepsOn(ground, world.besideDoor);
  const taggers = new Map<string, Tagger>();
  const repairs = repairsUnderway(
    repairsOnDemand(async () => {
      await openTaggers(config, outside, taggers);
      return createRepairs(repairParts(ground, taggers));
    }),
  );
  return {
    fleet: fleetOn(ground, sweeps, repairs, taggers),
    schedule: () => scheduleOn(ground, sweeps, repairs, (follow) => void followers.push(follow)),
  };
}

function sweepsOn(ground: Ground, besideDoor: boolean): Sweeps {
  const { config, gateway, store, outside, record, newId, instance } = ground;
  const settingsOf = new Map(config.inventories.map((one) => [one.name, one]));
  return createSweeps({
    store: { sweeps: store.sweeps, leases: store.leases, findings: store.findings },
    inventories: {
      names: [...settingsOf.keys()],
      open: async (name) =>
        await openInventory(known(settingsOf, name), { outside, pushed: store.pushed }),
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
  const { config, store, outside, record, newId } = ground;
  return createFleet({
    inventories: config.inventories,
    titleOf: async (type) => (await CLOUD_ADAPTERS[type]()).title,
    configured: config.sweeps,
    sweeps,
    findings: borneFindings(ground),
    live: store.fleet,
    pushed: store.pushed,
    repairs,
    newId: () => newId(outside.clock()),
    record,
    close: async () => {
      if (!(await repairs.settled(REPAIRS_END_MS)))
        outside.warn('a repair is still under way; whoever starts next goes on with it', {});
      await Promise.all([...taggers.values()].map((tagger) => tagger.close()));
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
  const { config, gateway, store, outside, record } = ground;
  const scheduler = startScheduler({
    settings: config.sweeps,
    sweeps,
    fires: store.fires,
    inventories: config.inventories.map(({ name }) => name),
    record,
    outside,
  });
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
export async function composeFleetAlone(config: Config, world: FleetWorld): Promise<Fleet> {
  const gateway = await compose(config, { record: true });
  try {
    const { fleet } = await composeFleet(config, gateway, world);
    return {
      ...fleet,
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
  const { config, gateway, store, outside, record, newId, instance } = ground;
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
          findings: borneFindings(ground),
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

/** Sweeps write down what they find; whoever reads it is told who bears it at that moment, by the exemptions of the gate. */
function borneFindings({ gateway, store, outside }: Ground): Findings {
  return withExemptions(store.findings, exemptionsFor(gateway.exemptions()), outside.clock);
}

function known(all: ReadonlyMap<string, InventorySettings>, name: string): InventorySettings {
  const found = all.get(name);
  if (found !== undefined) return found;
  // Sweeps ask for names of the configuration alone.
  throw new Error(`there is no inventory ${name}`);
}

function outsideOf({ env, warn }: FleetWorld): SweepOutside {
  return {
    clock: () => new Date(),
    env,
    sleep: async (milliseconds, signal) => {
      await sleep(milliseconds, undefined, { signal });
    },
    random: () => Math.random(),
    warn,
    every: (milliseconds, work) => {
      const timer = setInterval(work, milliseconds).unref();
      return () => clearInterval(timer);
    },
  };
}
