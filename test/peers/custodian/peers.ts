import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

const INSTALL = fileURLToPath(new URL('../install-custodian.mjs', import.meta.url));

const Found = z.object({
  custodian: z.string().nullable(),
  moto: z.string().nullable(),
  python: z.string().nullable(),
  versions: z.object({ custodian: z.string(), moto: z.string() }),
});

export interface Peers {
  readonly custodian: string;
  readonly moto: string;
  readonly python: string;
  readonly versions: { readonly custodian: string; readonly moto: string };
}

/**
 * Cloud Custodian and moto, or undefined after saying aloud that they are missing.
 *
 * @throws Error in place of that where PORTCULLIS_PEERS_REQUIRED is set: there a skipped test is a broken one.
 */
export function findPeers(): Peers | undefined {
  const printed = execFileSync('node', [INSTALL, '--find']).toString('utf8');
  const { custodian, moto, python, versions } = Found.parse(JSON.parse(printed));
  if (custodian !== null && moto !== null && python !== null)
    return { custodian, moto, python, versions };
  const message =
    'SKIPPED peer: side by side with Cloud Custodian: missing custodian and moto ' +
    '(node test/peers/install-custodian.mjs)';
  if (process.env['PORTCULLIS_PEERS_REQUIRED'] !== undefined) throw new Error(message);
  console.error(message);
  return undefined;
}
