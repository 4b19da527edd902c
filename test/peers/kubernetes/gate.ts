import { readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Certificate } from './cluster.ts';
import { start, until } from './process.ts';
import type { Running } from './process.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export interface Gate {
  readonly url: string;
  /** The body of a GET, parsed. */
  readonly get: (path: string) => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

/** The built gate with TLS, the shipped policies, one more, and the rules of this test. Its data outlive a restart. */
export async function startGate(
  server: string,
  folder: string,
  { cert, key }: Certificate,
  port: number,
): Promise<Gate> {
  const config = join(folder, 'portcullis.yaml');
  writeFileSync(
    config,
    JSON.stringify({
      server: { host: '127.0.0.1', port, tls: { cert, key }, drain: '2s' },
      policies: { folders: [`${ROOT}policies`, `${ROOT}test/peers/kubernetes/policies`] },
      rules: { folders: [`${ROOT}test/peers/kubernetes/rules`] },
      data: join(folder, 'gate'),
      engine: { workers: 2 },
      log: { level: 'info', format: 'json' },
    }),
  );
  const running = start('gate', process.execPath, [server], { PORTCULLIS_CONFIG: config });
  const url = `https://127.0.0.1:${port}`;
  const ca = readFileSync(cert);
  const get: Gate['get'] = async (path) =>
    JSON.parse(await getText(`${url}${path}`, ca)) as unknown;
  await comeUp(running, async () => (await getText(`${url}/readyz`, ca)) !== '');
  return { url, get, stop: running.stop };
}

async function comeUp(running: Running, ask: () => Promise<boolean>): Promise<void> {
  try {
    await until(running, ask, 120);
  } catch (error) {
    await running.stop();
    throw error;
  }
}

async function getText(url: string, ca: Buffer): Promise<string> {
  return await new Promise((resolve, reject) => {
    const request = https.get(url, { ca, agent: false, timeout: 5_000 }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${url} answered ${response.statusCode ?? 0}: ${text}`));
      });
    });
    request.on('timeout', () => request.destroy(new Error(`${url} did not answer`)));
    request.on('error', reject);
  });
}
