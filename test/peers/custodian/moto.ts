import { fileURLToPath } from 'node:url';

import {
  ResourceGroupsTaggingAPIClient,
  TagResourcesCommand,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { z } from 'zod';

import { freePort, run, start, until } from '../kubernetes/process.ts';
import type { Peers } from './peers.ts';

const ESTATE = fileURLToPath(new URL('estate.py', import.meta.url));

export const REGION = 'eu-central-1';

const Listing = z.array(
  z.object({
    arn: z.string(),
    type: z.string(),
    id: z.string(),
    tags: z.record(z.string(), z.string()),
  }),
);
/** Everything that moto has, read from the services themselves. */
export type Listing = z.infer<typeof Listing>;
export type Tags = Readonly<Record<string, string>>;

export interface Moto {
  readonly url: string;
  /** Forgets everything and makes the estate. */
  readonly seed: () => Promise<Listing>;
  readonly list: () => Promise<Listing>;
  /** As somebody else does, who passes no proxy. */
  readonly tag: (arns: readonly string[], tags: Tags) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startMoto({ moto, python }: Peers): Promise<Moto> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const running = start('moto', moto, ['-H', '127.0.0.1', '-p', String(port)]);
  await until(running, async () => (await fetch(`${url}/moto-api/`)).ok, 60).catch(
    async (error: unknown) => {
      await running.stop();
      throw error;
    },
  );
  const client = new ResourceGroupsTaggingAPIClient({
    region: REGION,
    endpoint: url,
    credentials: { accessKeyId: 'somebody', secretAccessKey: 'else' },
  });
  const estate = async (command: 'seed' | 'list'): Promise<Listing> => {
    const { code, stdout, stderr } = await run(python, [ESTATE, command, url]);
    if (code !== 0) throw new Error(`estate.py ${command}: ${stderr}`);
    return Listing.parse(JSON.parse(stdout));
  };
  return {
    url,
    seed: async () => {
      await fetch(`${url}/moto-api/reset`, { method: 'POST' });
      return await estate('seed');
    },
    list: () => estate('list'),
    tag: async (arns, tags) => {
      const command = new TagResourcesCommand({ ResourceARNList: [...arns], Tags: { ...tags } });
      await client.send(command);
    },
    stop: async () => {
      client.destroy();
      await running.stop();
    },
  };
}
