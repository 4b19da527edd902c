import type { Account } from './account.ts';
import { classify } from './classify.ts';
import { bounded, VerifyError } from './finding.ts';
import type { Finding } from './finding.ts';
import { openCheckpoint } from './note.ts';
import type { Checkpoint, VerifierKey } from './note.ts';
import type { LogSource } from './source.ts';
import { tileFile, widthOf } from './tiles.ts';
import type { Bytes } from './tiles.ts';
import { walk } from './walk.ts';
import type { Walked } from './walk.ts';

export interface VerifyOptions {
  readonly source: LogSource;
  /** Keys that are trusted, at least one: the key that lies beside a log proves nothing of whose log it is. */
  readonly keys: readonly VerifierKey[];
  /** The checkpoint that somebody kept: the log must still begin with its tree. */
  readonly since?: { readonly file: string; readonly bytes: Buffer };
  readonly onProgress?: (entries: number, size: number) => void;
}

export interface Verified {
  readonly checkpoint: Checkpoint | undefined;
  readonly signers: readonly string[];
  readonly since: Checkpoint | undefined;
  readonly lastTime: string | undefined;
  /** The earliest first; a log that is wrong throughout has more than are listed. */
  readonly findings: readonly Finding[];
  readonly total: number;
}

/**
 * Verifies a log in the form of C2SP tlog-tiles, from nothing but its files and the key.
 *
 * @throws VerifyError when no key was given, or a log that is served cannot be looked at.
 */
export async function verifyLog(options: VerifyOptions): Promise<Verified> {
  const { source, keys } = options;
  if (keys.length === 0)
    throw new VerifyError(
      'no verifier key was given: the one that lies beside a log proves nothing of whose log it is',
    );
  try {
    return await verify(options);
  } finally {
    source.close();
  }
}

async function verify(options: VerifyOptions): Promise<Verified> {
  const { source, keys } = options;
  const base = { lastTime: undefined };
  const now = open(await source.checkpoint(), 'checkpoint', keys);
  const old = options.since && open(options.since.bytes, options.since.file, keys);
  const findings = [now, old].flatMap((opened) => opened?.finding ?? []);
  const heads = { checkpoint: now.checkpoint, signers: now.signers, since: old?.checkpoint };
  // What no trusted key signed says nothing of how the log should be.
  if (now.checkpoint === undefined || findings.length > 0)
    return { ...base, ...heads, findings, total: findings.length };
  return { ...base, ...heads, ...(await verifyTree(options, now.checkpoint, old?.checkpoint)) };
}

function open(bytes: Bytes, file: string, keys: readonly VerifierKey[]) {
  const none = { checkpoint: undefined, signers: [] };
  if (!Buffer.isBuffer(bytes)) {
    const kind = bytes === 'missing' ? 'missing-file' : 'malformed';
    const finding = { kind, file, message: `the checkpoint is ${bytes}` } satisfies Finding;
    return { ...none, finding };
  }
  const opened = openCheckpoint(bytes, keys);
  if (!opened.ok)
    return { ...none, finding: { kind: opened.kind, file, message: opened.message } as const };
  const signers = opened.signers.map(({ name, id }) => `${name}+${id}`);
  return { checkpoint: opened.checkpoint, signers, finding: undefined };
}

async function verifyTree(options: VerifyOptions, now: Checkpoint, old: Checkpoint | undefined) {
  const { source, onProgress } = options;
  const found = bounded<Finding>();
  const { last, extra } = await source.survey(now.size);
  const walked = await walk({
    source,
    size: now.size,
    oldSize: old?.size,
    last,
    onProgress: onProgress && ((entries) => onProgress(entries, now.size)),
  });
  const judged = [
    ...(await judge(walked, source, now)),
    ...(old === undefined ? [] : continues(walked, now, old, options.since?.file ?? '')),
  ];
  for (const finding of judged) found.add(finding);
  const blamed = new Set(judged.map(({ file }) => file));
  for (const { finding, beside } of extra.items)
    if (beside === undefined || !blamed.has(beside)) found.add(finding);
  const unlisted = [walked.findings, walked.differences, extra].reduce(
    (sum, { items, total }) => sum + total() - items.length,
    0,
  );
  const findings = found.items.toSorted((one, other) => order(one) - order(other));
  return { findings, total: found.total() + unlisted, lastTime: walked.lastTime };
}

/** Whichever account has the root that was signed is the history; the other one is what was meddled with. */
async function judge(
  walked: Walked,
  source: LogSource,
  now: Checkpoint,
): Promise<readonly Finding[]> {
  const { entries, tiles, differences, findings } = walked;
  if (isSigned(entries, now)) {
    const changed = differences.items.map(({ n, index }): Finding => {
      const file = tileFile({ row: 0, n, width: widthOf(now.size, 0, n) });
      return { kind: 'changed-tile', file, index, message: 'the hash is not that of its entry' };
    });
    return [...findings.items, ...changed, ...entries.tiles.items];
  }
  const changed: Finding[] = [];
  for (const difference of differences.items)
    changed.push(await classify(source, now.size, difference));
  const upper = isSigned(tiles, now) || !entries.whole ? tiles.tiles.items : entries.tiles.items;
  const all = [...findings.items, ...changed, ...upper];
  // Entries and tiles that tell one story, and a signature under another: everything was computed anew.
  const anew = entries.whole && differences.total() === 0;
  // Fail closed: a tree whose root was not reached is not verified, whatever the reason.
  return anew || (all.length === 0 && !isSigned(tiles, now)) ? [...all, otherRoot(now)] : all;
}

function otherRoot({ size }: Checkpoint): Finding {
  const message = `the root of its ${size} entries is not the one that was signed: the log was computed anew`;
  return { kind: 'rewritten', file: 'checkpoint', message };
}

function continues(
  { entries, tiles }: Walked,
  now: Checkpoint,
  old: Checkpoint,
  file: string,
): readonly Finding[] {
  if (old.size > now.size) {
    const message = `the kept checkpoint is of ${old.size} entries, and the log now has ${now.size}`;
    return [{ kind: 'truncated', file, index: now.size, message }];
  }
  const roots = [entries, tiles].flatMap(({ oldRoot }) => oldRoot ?? []);
  if (roots.some((root) => root.equals(old.root)) && old.origin === now.origin) return [];
  const message =
    roots.length === 0
      ? `too much is missing to tell whether the log begins with its ${old.size} entries`
      : `another history: the log does not begin with the ${old.size} entries that were signed then`;
  return [{ kind: roots.length === 0 ? 'truncated' : 'rewritten', file, message }];
}

function isSigned({ root }: Account, now: Checkpoint): boolean {
  return root?.equals(now.root) === true;
}

function order({ index }: Finding): number {
  return index ?? Number.MAX_SAFE_INTEGER;
}
