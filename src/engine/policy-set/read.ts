import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import path from 'node:path';

import { messageOf } from '../../kit/errors.ts';
import { PolicyError } from './errors.ts';

const MOST_FILES = 10_000;
const MOST_ENTRIES = 50_000;
const LARGEST_FILE = 1024 * 1024;
const LARGEST_SET = 64 * 1024 * 1024;
const DEEPEST = 16;

const READ = /(\.rego|^data\.(json|ya?ml)|^examples\.yaml|^readme\.md)$/;

/** One file of a policy folder. */
export interface PolicyFile {
  /** Its place in the set, whatever its root folder is called: `policies/tagging/required/required.rego`, `lib/tags.rego`. */
  readonly path: string;
  /** Where it lies, for messages. */
  readonly file: string;
  readonly text: string;
}

/**
 * Everything that policies are made of, from root folders that hold `<area>/<name>/` and `lib/`.
 *
 * Symbolic links are refused: what stands outside of the folder would escape the review of the folder.
 *
 * @returns in the order of their places in the set.
 * @throws PolicyError POLICY_UNREADABLE when a folder cannot be read or is too large; POLICY_INVALID when two
 *   folders hold the same file of the set.
 */
export function readPolicyFiles(folders: readonly string[]): readonly PolicyFile[] {
  const files = folders.flatMap(readRoot);
  const total = files.reduce((bytes, { text }) => bytes + text.length, 0);
  if (total > LARGEST_SET)
    throw unreadable(folders[0], `the policies are larger than ${LARGEST_SET} bytes together`);
  refuseTwice(files);
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function readRoot(root: string): PolicyFile[] {
  const found = list(root).map((file) => ({ file, path: placeInSet(path.relative(root, file)) }));
  if (!found.some(({ file }) => file.endsWith('.rego')))
    throw unreadable(root, 'the folder holds no policies (*.rego)');
  return found.map((entry) => ({ ...entry, text: readText(entry.file) }));
}

function placeInSet(relative: string): string {
  const place = relative.split(path.sep).join('/');
  return place.startsWith('lib/') ? place : `policies/${place}`;
}

function list(root: string): string[] {
  const files: string[] = [];
  const pending = [{ folder: root, depth: 0 }];
  let entries = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.depth > DEEPEST) throw unreadable(next.folder, `is more than ${DEEPEST} folders deep`);
    for (const entry of readFolder(next.folder)) {
      if (++entries > MOST_ENTRIES)
        throw unreadable(root, `holds more than ${MOST_ENTRIES} entries`);
      const file = path.join(next.folder, entry.name);
      if (entry.isDirectory()) pending.push({ folder: file, depth: next.depth + 1 });
      else if (wanted(entry, file)) files.push(file);
    }
  }
  if (files.length > MOST_FILES) throw unreadable(root, `holds more than ${MOST_FILES} files`);
  return files;
}

function readFolder(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
  } catch (thrown) {
    throw unreadable(folder, `cannot be read: ${messageOf(thrown)}`, thrown);
  }
}

function wanted(entry: Dirent, file: string): boolean {
  if (entry.isSymbolicLink())
    throw unreadable(file, 'is a symbolic link; policies are read from their folder alone');
  return entry.isFile() && READ.test(entry.name);
}

function readText(file: string): string {
  try {
    if (statSync(file).size > LARGEST_FILE)
      throw unreadable(file, `is larger than ${LARGEST_FILE} bytes`);
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (thrown) {
    if (thrown instanceof PolicyError) throw thrown;
    throw unreadable(file, `cannot be read: ${messageOf(thrown)}`, thrown);
  }
}

function refuseTwice(files: readonly PolicyFile[]): void {
  const first = new Map<string, string>();
  const problems = files.flatMap(({ path: place, file }) => {
    const other = first.get(place);
    first.set(place, other ?? file);
    return other === undefined ? [] : [{ message: `stands already in ${other}`, place: { file } }];
  });
  if (problems.length > 0) throw new PolicyError('POLICY_INVALID', problems);
}

function unreadable(file: string | undefined, message: string, cause?: unknown): PolicyError {
  return new PolicyError(
    'POLICY_UNREADABLE',
    [{ message, place: file === undefined ? {} : { file } }],
    cause,
  );
}
