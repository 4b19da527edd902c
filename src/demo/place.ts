import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { composeFleet } from '../compose-fleet.ts';
import { compose } from '../compose.ts';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { Gateway } from '../gateway.ts';
import { createLog } from '../http/log.ts';
import { createMetrics } from '../http/metrics.ts';
import { startServer } from '../http/server.ts';
import { VERSION } from '../version.ts';
import { startClouds } from './clouds.ts';
import type { DemoClouds } from './clouds.ts';

export interface PlaceOptions {
  /** 0: whichever is free. */
  readonly port: number;
  /** Where compiled policies are kept; absent: nowhere beyond the demo. */
  readonly cache?: string;
  /** The version of Node.js, for the metrics. */
  readonly node: string;
}

/** A gate as `npm start` makes one, before three clouds of its own, in a folder that goes away with it. */
export interface DemoPlace {
  readonly url: string;
  readonly folder: string;
  readonly fleet: Fleet;
  readonly gateway: Gateway;
  readonly clouds: DemoClouds;
  readonly close: () => Promise<void>;
}

/**
 * @throws ConfigError, PolicyError, and Error where the port is taken; nothing is left behind then.
 */
export async function openPlace(options: PlaceOptions): Promise<DemoPlace> {
  const endings: (() => Promise<void>)[] = [];
  /** The last that was opened closes first. */
  const close = async (): Promise<void> => {
    for (let end = endings.pop(); end !== undefined; end = endings.pop()) await end();
  };
  try {
    return { ...(await furnish(options, endings)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function furnish(
  { port, cache, node }: PlaceOptions,
  endings: (() => Promise<void>)[],
): Promise<Omit<DemoPlace, 'close'>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'portcullis-demo-'));
  endings.push(async () => await rm(folder, { recursive: true, force: true }));
  const clouds = await startClouds(() => new Date());
  endings.push(clouds.close);
  const config = configFor(folder, clouds, port, cache);
  const log = createLog(config.log);
  const metrics = createMetrics({ version: VERSION, node });
  const gateway = await compose(config, { record: true, onCommit: metrics.ledgerCommit });
  endings.push(gateway.close);
  const { fleet, reports } = await composeFleet(config, gateway, {
    env: clouds.credentials,
    warn: log.warn,
    besideDoor: true,
    told: metrics.fleetEvent,
  });
  endings.push(fleet.close);
  const server = await startServer({
    gateway,
    fleet,
    reports,
    config,
    log,
    metrics,
    version: VERSION,
  });
  endings.push(server.stop);
  return { url: server.url, folder, fleet, gateway, clouds };
}

/** The shipped policies and rules, and nothing of the configuration of whoever runs the demo. */
function configFor(
  folder: string,
  { inventories }: DemoClouds,
  port: number,
  cache: string | undefined,
): Config {
  return loadConfig({
    cwd: folder,
    env: {
      PORTCULLIS_DATA: path.join(folder, 'data'),
      PORTCULLIS_SERVER__PORT: String(port),
      PORTCULLIS_INVENTORIES: JSON.stringify(inventories),
      PORTCULLIS_SWEEPS: JSON.stringify([{ name: 'demo', coverage: 75 }]),
      PORTCULLIS_REPAIRS__WRITES: 'on',
      PORTCULLIS_LOG__LEVEL: 'error',
      ...(cache === undefined ? {} : { PORTCULLIS_POLICIES__CACHE: cache }),
    },
  });
}
