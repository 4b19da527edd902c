import { setTimeout as sleep } from 'node:timers/promises';

import type { Environment } from './config/environment.ts';
import type { Log } from './http/log.ts';
import type { InventorySettings } from './clouds/registry.ts';
import type { Config } from './config/schema.ts';
import { sparingMemory } from './fleet/spare-memory.ts';
import type { SweepOutside } from './sweep/parts.ts';

/** One for the process, as what it changes is the process's. */
const sparing = sparingMemory();

/** The real world, as far as the fleet may know it. */
export function outsideOf(world: {
  readonly env: Environment;
  readonly warn: Log['warn'];
}): SweepOutside {
  return {
    clock: () => new Date(),
    env: world.env,
    sleep: async (milliseconds, signal) => {
      await sleep(milliseconds, undefined, { signal });
    },
    random: () => Math.random(),
    warn: world.warn,
    every: (milliseconds, work) => {
      const timer = setInterval(work, milliseconds).unref();
      return () => clearInterval(timer);
    },
    sparing,
  };
}

/** The settings of an inventory; sweeps ask for names of the configuration alone. */
export function inventoryOf({ inventories }: Config, name: string): InventorySettings {
  const found = inventories.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no inventory ${name}`);
  return found;
}
