import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

const INSTALL = fileURLToPath(new URL('../install-terraform.mjs', import.meta.url));
const CLI = fileURLToPath(new URL('../../../dist/bin.js', import.meta.url));

const Found = z.object({
  terraform: z.string().nullable(),
  mirror: z.string().nullable(),
  aws: z.string().nullable(),
});
type Found = z.infer<typeof Found>;

/** Where the real Terraform and the providers that were built for it are; null for what this machine has not. */
export const FOUND: Found = Found.parse(
  JSON.parse(execFileSync('node', [INSTALL, '--find']).toString('utf8')),
);

/**
 * The mirrors with the providers of one story, or undefined after saying aloud that it is not run.
 *
 * @throws Error in place of that where PORTCULLIS_PEERS_REQUIRED is set: there a skipped test is a broken one.
 */
export function mirrorsFor(story: string, provider: 'mirror' | 'aws'): string | undefined {
  const missing = [
    ...(FOUND.terraform === null ? ['terraform on the PATH'] : []),
    ...(FOUND[provider] === null ? [WANTED[provider]] : []),
    ...(existsSync(CLI) ? [] : ['dist/bin.js']),
  ];
  if (missing.length === 0) return FOUND[provider] ?? undefined;
  const message = `SKIPPED peer: ${story}: missing ${missing.join(', ')}`;
  if (process.env['PORTCULLIS_PEERS_REQUIRED'] !== undefined) throw new Error(message);
  console.error(message);
  return undefined;
}

const WANTED = {
  mirror: 'the providers random and local (node test/peers/install-terraform.mjs)',
  aws: 'the AWS provider in a filesystem mirror that PORTCULLIS_PEERS_TERRAFORM_MIRROR names',
};
