import { lstatSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';

import { messageOf } from '../../kit/errors.ts';
import { CliError } from '../errors.ts';

/** A document before it is read. */
export interface Candidate {
  /** As messages name it: the path as given, or `-` for standard input. */
  readonly name: string;
  /** Found in a folder rather than named: when it turns out to be something else, it is skipped. */
  readonly found: boolean;
  readonly read: () => Promise<Uint8Array>;
}

/** What a folder is searched for. */
const EXTENSIONS = new Set(['.json', '.yaml', '.yml', '.tfplan', '.gz']);
const SKIPPED_FOLDERS = new Set(['node_modules', 'vendor']);
const MOST_FILES = 10_000;

/**
 * Arguments -> documents to judge: files as named, folders searched for documents, `-` for standard input.
 *
 * @param bytes the most that one document may have.
 * @throws CliError INPUT_UNREADABLE, USAGE
 */
export function gather(
  names: readonly string[],
  { cwd, stdin, bytes }: { cwd: string; stdin: Readable; bytes: number },
): Candidate[] {
  return names.flatMap((name) =>
    name === '-'
      ? [{ name, found: false, read: () => drain(stdin, bytes) }]
      : gatherPath(name, cwd, bytes),
  );
}

function gatherPath(name: string, cwd: string, bytes: number): Candidate[] {
  const file = path.resolve(cwd, name);
  if (!attempt(name, () => statSync(file)).isDirectory()) {
    return [{ name, found: false, read: () => Promise.resolve(readBounded(file, name, bytes)) }];
  }
  const found = walk(file, name);
  if (found.length > 0) {
    return found.map((member) => ({
      name: path.join(name, member),
      found: true,
      read: () => Promise.resolve(readBounded(path.join(file, member), name, bytes)),
    }));
  }
  throw new CliError('INPUT_UNREADABLE', `${name} holds no document`, {
    place: { file: name },
    help: `A folder is searched for ${[...EXTENSIONS].join(', ')}; name other files one by one.`,
  });
}

function walk(folder: string, name: string): string[] {
  const files: string[] = [];
  const pending = [''];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const entries = attempt(name, () =>
      readdirSync(path.join(folder, next), { withFileTypes: true }),
    );
    for (const entry of entries) {
      const member = path.join(next, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith('.') && !SKIPPED_FOLDERS.has(entry.name))
        pending.push(member);
      if (entry.isFile() && EXTENSIONS.has(path.extname(entry.name).toLowerCase()))
        files.push(member);
    }
    if (files.length > MOST_FILES) {
      throw new CliError('USAGE', `${name} holds more than ${MOST_FILES} files`, {
        help: 'Name a folder further down.',
      });
    }
  }
  return files.sort();
}

function readBounded(file: string, name: string, bytes: number): Uint8Array {
  const { size } = attempt(name, () => lstatSync(file));
  if (size > bytes) throw tooLarge(name, bytes);
  return attempt(name, () => readFileSync(file));
}

async function drain(stdin: Readable, bytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const pieces: AsyncIterable<unknown> = stdin;
  for await (const piece of pieces) {
    const chunk = piece instanceof Uint8Array ? piece : Buffer.from(String(piece));
    size += chunk.byteLength;
    if (size > bytes) throw tooLarge('-', bytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(name: string, bytes: number): CliError {
  return new CliError('INPUT_UNREADABLE', `${name} is larger than ${bytes} bytes`, {
    place: { file: name },
    help: 'The limit is server.limits.document in the configuration.',
  });
}

function attempt<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new CliError('INPUT_UNREADABLE', `cannot read ${name}: ${messageOf(cause)}`, {
      place: { file: name },
      cause,
    });
  }
}
