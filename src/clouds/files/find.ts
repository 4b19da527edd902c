import type { Dirent, Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { matchesGlob } from '../../kit/glob.ts';
import type { CloudErrorCode } from '../errors.ts';
import { CloudError } from '../errors.ts';
import { fileError } from './errors.ts';

/** A file that an inventory reads. */
export interface FoundFile {
  /** As the configuration writes it, or below the folder that it writes; the same in every sweep. */
  readonly name: string;
  /** True when the configuration names this very file: then a link is followed, because somebody meant it. */
  readonly named: boolean;
}

/** Something that was to be searched and could not be. */
export interface FileProblem {
  readonly name: string;
  readonly code: CloudErrorCode;
  readonly message: string;
}

export interface FileSearch {
  readonly files: readonly FoundFile[];
  readonly problems: readonly FileProblem[];
}

/** Far more than an estate has; a path that is wrong by a level (`/`) must not be walked to its end. */
const MOST_FILES = 10_000;
const MOST_ENTRIES = 200_000;
const MOST_LEVELS = 32;
/** Folders of tools: what lies in them has the name of what is looked for, and is something else. */
const PASSED_BY = new Set(['.terraform', '.git', 'node_modules']);

interface Walk {
  readonly wanted: (name: string) => boolean;
  readonly signal: AbortSignal;
  readonly found: Map<string, FoundFile>;
  readonly problems: FileProblem[];
  entries: number;
}

/**
 * The files that a list of files, folders and globs (`*` is any run of characters, `/` too) names, sorted, each once.
 * Links inside folders are not followed: a link may lead out of what somebody meant to show, or back into it.
 *
 * @param suffixes what files found in a folder must end with.
 * @throws CloudError CLOUD_STOPPED.
 */
export async function findFiles(
  paths: readonly string[],
  suffixes: readonly string[],
  signal: AbortSignal,
): Promise<FileSearch> {
  const [found, problems] = [new Map<string, FoundFile>(), [] as FileProblem[]];
  for (const path of paths) {
    const glob = /[*?]/.test(path);
    const wanted = glob
      ? (name: string): boolean => matchesGlob(path, name)
      : (name: string): boolean => suffixes.some((suffix) => name.endsWith(suffix));
    const walk: Walk = { wanted, signal, found, problems, entries: 0 };
    if (glob) await enter(folderOf(path), walk, 0);
    else await take(path, walk);
  }
  const files = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { files, problems };
}

/** What stands before the first wildcard: `states/prod-*` is looked for in `states`. */
function folderOf(glob: string): string {
  const plain = glob.slice(0, glob.search(/[*?]/));
  const slash = plain.lastIndexOf('/');
  if (slash < 0) return '.';
  return slash === 0 ? '/' : plain.slice(0, slash);
}

async function take(path: string, walk: Walk): Promise<void> {
  let stats: Stats;
  try {
    stats = await stat(path);
  } catch (thrown) {
    walk.problems.push(problemOf(path, thrown));
    return;
  }
  if (stats.isDirectory()) await enter(path.replace(/(?<=.)\/+$/, ''), walk, 0);
  else add(walk, { name: path, named: true });
}

async function enter(folder: string, walk: Walk, level: number): Promise<void> {
  if (walk.signal.aborted)
    throw new CloudError('CLOUD_STOPPED', 'the search for files was given up');
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (thrown) {
    walk.problems.push(problemOf(folder, thrown));
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (isOver(walk, folder, level)) return;
    const name = folder === '.' ? entry.name : `${folder === '/' ? '' : folder}/${entry.name}`;
    if (entry.isDirectory() && !PASSED_BY.has(entry.name)) await enter(name, walk, level + 1);
    else if (entry.isFile() && walk.wanted(name)) add(walk, { name, named: false });
  }
}

/** What was left out is said: a search that ended early has not seen everything. */
function isOver(walk: Walk, folder: string, level: number): boolean {
  walk.entries += 1;
  const over = level > MOST_LEVELS || walk.entries > MOST_ENTRIES || walk.found.size >= MOST_FILES;
  if (over && !walk.problems.some(({ name }) => name === folder))
    walk.problems.push({
      name: folder,
      code: 'CLOUD_SETTINGS',
      message: `${folder} was not searched to its end: it holds more than ${MOST_FILES} files, ${MOST_ENTRIES} entries or ${MOST_LEVELS} levels; name the folders that are meant`,
    });
  return over;
}

/** By its place on the disk: a file that two paths lead to is read once. */
function add({ found }: Walk, file: FoundFile): void {
  const place = resolve(file.name);
  if (!found.has(place)) found.set(place, file);
}

function problemOf(name: string, thrown: unknown): FileProblem {
  const { code, message } = fileError(name, thrown);
  return { name, code, message };
}
