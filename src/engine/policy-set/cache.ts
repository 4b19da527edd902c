import { randomUUID } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

import { sha256 } from '../../kit/digest.ts';
import { PolicyMetadata } from '../../model/policy.ts';
import type { PolicySet } from '../policy-set.ts';

/** Compiled sets kept side by side: a rollback to the last version finds it compiled. */
const KEEP = 8;
const SUFFIX = '.policies.json';
const STALE_MS = 60 * 60 * 1000;

const StoredPolicy = PolicyMetadata.extend({
  title: z.string(),
  description: z.string(),
  package: z.string(),
  entrypoint: z.string(),
  folder: z.string(),
});

const StoredSet = z.strictObject({
  digest: z.string(),
  policies: z.array(StoredPolicy),
  wasm: z.base64(),
  plan: z.string(),
  data: z.string(),
});

/**
 * The compiled set with this digest, or undefined when it is not there or is damaged: then it is compiled again.
 *
 * A file is the SHA-256 of its second line, and then that line: the set as JSON.
 */
export function readCached(folder: string, digest: string): PolicySet | undefined {
  const content = tryRead(fileFor(folder, digest));
  if (content === undefined) return undefined;
  const [seal, body = ''] = content.split('\n', 2);
  if (sha256(body) !== seal) return undefined;
  const stored = StoredSet.safeParse(tryParse(body));
  if (!stored.success || stored.data.digest !== digest) return undefined;
  return { ...stored.data, wasm: Uint8Array.from(Buffer.from(stored.data.wasm, 'base64')) };
}

/**
 * Keeps a compiled set; whole or not at all, as several processes may start at the same time. A folder that cannot be
 * written costs the next start its compile, and nothing else.
 */
export function writeCached(folder: string, set: PolicySet): void {
  try {
    write(folder, set);
  } catch {
    return;
  }
}

function write(folder: string, set: PolicySet): void {
  const body = JSON.stringify({ ...set, wasm: Buffer.from(set.wasm).toString('base64') });
  const file = fileFor(folder, set.digest);
  const draft = `${file}.${randomUUID()}.draft`;
  // For the owner alone: whoever can write here decides what the gate says.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(draft, `${sha256(body)}\n${body}`, { mode: 0o600, flush: true });
  renameSync(draft, file);
  prune(folder);
}

function prune(folder: string): void {
  const files = readdirSync(folder).map((name) => path.join(folder, name));
  const sets = newestFirst(files.filter((file) => file.endsWith(SUFFIX)));
  const drafts = newestFirst(files.filter((file) => file.endsWith('.draft')));
  const oldest = Date.now() - STALE_MS;
  const abandoned = drafts.filter(({ changed }) => changed < oldest);
  for (const { file } of [...sets.slice(KEEP), ...abandoned]) rmSync(file, { force: true });
}

function newestFirst(files: readonly string[]): { file: string; changed: number }[] {
  return files
    .map((file) => ({ file, changed: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.changed - a.changed);
}

function fileFor(folder: string, digest: string): string {
  return path.join(folder, `${digest.replace('sha256:', '')}${SUFFIX}`);
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function tryRead(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
