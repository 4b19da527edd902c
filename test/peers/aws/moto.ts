import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

import { freePort, start, until } from '../kubernetes/process.ts';

const INSTALL = fileURLToPath(new URL('../install-moto.mjs', import.meta.url));

const Found = z.object({ server: z.string().nullable() });

/** Keys that moto takes for those of its own account. */
export const MOTO_KEYS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'none' };
export const MOTO_ACCOUNT = '123456789012';

/**
 * Where moto's server is, or undefined after saying aloud that the story is not run.
 *
 * @throws Error in place of that where PORTCULLIS_PEERS_REQUIRED is set: there a skipped test is a broken one.
 */
export function motoFor(story: string): string | undefined {
  const found = Found.parse(
    JSON.parse(execFileSync('node', [INSTALL, '--find']).toString('utf8')),
  ).server;
  if (found !== null) return found;
  const message = `SKIPPED peer: ${story}: missing moto (node test/peers/install-moto.mjs)`;
  if (process.env['PORTCULLIS_PEERS_REQUIRED'] !== undefined) throw new Error(message);
  console.error(message);
  return undefined;
}

export interface Moto {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

export async function startMoto(server: string): Promise<Moto> {
  const port = await freePort();
  const running = start('moto', server, ['-H', '127.0.0.1', '-p', String(port)]);
  const url = `http://127.0.0.1:${port}`;
  await until(running, async () => (await fetch(`${url}/moto-api/data.json`)).ok, 60);
  return { url, stop: running.stop };
}
