import { existsSync } from 'node:fs';
import path from 'node:path';

import { compose } from '../../compose.ts';
import type { Config } from '../../config/schema.ts';
import type { Gateway } from '../../gateway.ts';
import { compact } from '../../kit/compact.ts';
import type { UnderWay } from '../../redact/under-way.ts';
import { STORE_FILE } from '../../store/database.ts';
import type { StoreOutside } from '../../store/database.ts';
import type { Store } from '../../store/index.ts';
import type { Judge } from './judge.ts';

/** A chart of a large product fits; nobody but its sender waits for it. */
const YAML_BYTES = 4 * 1024 * 1024;

/** Judges in this process, by the policies and rules of the configuration. */
export async function localJudge(
  config: Config,
  options: {
    readonly record: boolean;
    readonly cwd: string;
    readonly warn: StoreOutside['warn'];
    readonly underWay: UnderWay | undefined;
  },
): Promise<Judge> {
  const gateway = await compose(config, {
    record: options.record,
    workers: 1,
    limits: { yamlBytes: YAML_BYTES },
    warn: options.warn,
    ...compact({ underWay: options.underWay }),
  });
  const stored = await honourStored(config, gateway, options.warn).catch(async (error: unknown) => {
    await gateway.close();
    throw error;
  });
  const places = new Map(gateway.rules().rules.map(({ id, file, line }) => [id, { file, line }]));
  return {
    decide: ({ name, bytes, point, source, context, override: reason }) => {
      const { actor: by = '' } = context;
      const override = reason === undefined ? undefined : { by, reason };
      return gateway.decide({ name, bytes, point, context, ...compact({ source, override }) });
    },
    ruleSource: (rule) => {
      const place = places.get(rule);
      return place === undefined
        ? undefined
        : `${path.relative(options.cwd, place.file)}:${place.line}`;
    },
    close: async () => {
      await stored?.close();
      await gateway.close();
    },
  };
}

/**
 * Exemptions that were approved on this machine, or in the database that it shares, count here as they do at the gate. Where
 * nothing was ever stored, no database is opened.
 */
async function honourStored(
  config: Config,
  gateway: Gateway,
  warn: StoreOutside['warn'],
): Promise<Store | undefined> {
  const { url } = config.store;
  if (url === undefined && !existsSync(path.join(config.data, STORE_FILE))) return undefined;
  const outside = { clock: () => new Date(), warn };
  const { openStore } = await import('../../store/index.ts');
  const store = await openStore({ folder: config.data, outside, ...compact({ url }) });
  try {
    await gateway.honour(store.exemptions);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}
