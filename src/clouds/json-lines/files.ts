import type { FileHandle } from 'node:fs/promises';

import { CloudError } from '../errors.ts';
import { withFile } from '../files/open.ts';
import type { FoundFile } from '../files/find.ts';
import type { Gap, LiveResource, Page } from '../inventory.ts';
import { NO_LINE } from './accept.ts';
import { LINE_LIMITS, parseInventoryLines } from './parse.ts';
import type { LineResult } from './parse.ts';
import { toLiveResource } from './resource.ts';
import type { JsonLinesSettings } from './schema.ts';

const PAGE_LINES = 500;
const CHUNK_BYTES = 64 * 1024;
/** A page of large lines is cut shorter. */
const PAGE_BYTES = 4 * 1024 * 1024;

/** Ids seen while this inventory was read, and in which line of which file. */
export interface SeenIds {
  readonly at: Map<string, { readonly file: string; readonly line: number }>;
  /** How far each file was read, in bytes. */
  readonly upTo: Map<string, number>;
}

export function nothingSeen(): SeenIds {
  return { at: new Map(), upTo: new Map() };
}

/** A place in a file that did not change since. */
interface Cursor {
  readonly offset: number;
  readonly line: number;
  readonly version: string;
}

export interface FileReading {
  readonly settings: JsonLinesSettings;
  readonly seen: SeenIds;
  readonly signal: AbortSignal;
}

/**
 * One page of a file. A line that is wrong, or whose id was there before, is a gap; the others stand.
 *
 * @throws CloudError CLOUD_PROTOCOL when the file changed between two pages.
 */
export async function readFilePage(
  file: FoundFile,
  cursor: string | undefined,
  reading: FileReading,
): Promise<Page> {
  return await withFile(file, async (handle, stats) => {
    const version = `${stats.size}-${stats.mtimeMs}-${stats.ino}`;
    const start = parseCursor(cursor, version, file.name);
    const limits = { ...LINE_LIMITS, bytes: reading.settings.maxSize };
    const linesFrom = (from: { line: number; offset: number }): AsyncGenerator<LineResult> =>
      parseInventoryLines(bytesFrom(handle, from.offset), limits, from);
    await catchUp(file.name, start, reading, linesFrom);
    const page = await collect(file.name, start, reading, {
      lines: linesFrom(start),
      capturedAt: stats.mtime.toISOString(),
    });
    const { next, ...rest } = page;
    return next === undefined ? rest : { ...rest, next: formatCursor({ ...next, version }) };
  });
}

/** A stream of Node would close the file when a page ends in the middle of it. */
async function* bytesFrom(handle: FileHandle, offset: number): AsyncGenerator<Uint8Array> {
  for (let at = offset; ;) {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield chunk.subarray(0, bytesRead);
  }
}

/** After a restart the ids of the pages before are read again: a duplicate must not slip through between two processes. */
async function catchUp(
  file: string,
  { offset }: Cursor,
  { seen, signal }: FileReading,
  linesFrom: (from: { line: number; offset: number }) => AsyncGenerator<LineResult>,
): Promise<void> {
  if ((seen.upTo.get(file) ?? 0) >= offset) return;
  for await (const result of linesFrom({ line: 1, offset: 0 })) {
    if (signal.aborted) throw stopped(file);
    if (result.end > offset) break;
    if ('value' in result) isNew(seen, file, result.value.id, result.line);
  }
  seen.upTo.set(file, offset);
}

interface Source {
  readonly lines: AsyncGenerator<LineResult>;
  readonly capturedAt: string;
}

type Collected = Omit<Page, 'next'> & { readonly next?: { offset: number; line: number } };

async function collect(
  file: string,
  start: Cursor,
  { settings, seen, signal }: FileReading,
  { lines, capturedAt }: Source,
): Promise<Collected> {
  const [resources, gaps]: [LiveResource[], Gap[]] = [[], []];
  const gap = (line: number, message: string): number =>
    gaps.push(gapOf(settings.name, file, line, message));
  for await (const result of lines) {
    if (signal.aborted) throw stopped(file);
    seen.upTo.set(file, result.end);
    if ('problems' in result) for (const problem of result.problems) gap(result.line, problem);
    else {
      const { id } = result.value;
      const before = isNew(seen, file, id, result.line);
      if (before !== undefined) gap(result.line, `its id stands in ${before} already`);
      else resources.push(toLiveResource(settings.name, result.value, capturedAt));
    }
    if (result.line - start.line >= PAGE_LINES - 1 || result.end - start.offset >= PAGE_BYTES)
      return { resources, gaps, next: { offset: result.end, line: result.line + 1 } };
  }
  const nothing = start.offset === 0 && resources.length === 0 && gaps.length === 0;
  if (nothing && !settings.empty) gap(1, NO_LINE);
  return { resources, gaps };
}

/** @returns where the id stood before, in words. */
function isNew({ at }: SeenIds, file: string, id: string, line: number): string | undefined {
  const before = at.get(id);
  // The same page is read again after a failure: that is no duplicate.
  if (before === undefined || (before.file === file && before.line >= line)) {
    at.set(id, { file, line });
    return undefined;
  }
  return before.file === file ? `line ${before.line}` : `line ${before.line} of ${before.file}`;
}

function gapOf(inventory: string, file: string, line: number, message: string): Gap {
  return {
    scope: { inventory, file },
    code: 'CLOUD_PROTOCOL',
    message: `${file}, line ${line}: ${message}`,
  };
}

function parseCursor(cursor: string | undefined, version: string, file: string): Cursor {
  if (cursor === undefined) return { offset: 0, line: 1, version };
  const [, offset, line, before] = /^(\d{1,15}):(\d{1,15}):(.+)$/.exec(cursor) ?? [];
  if (before === version) return { offset: Number(offset), line: Number(line), version };
  throw new CloudError(
    'CLOUD_PROTOCOL',
    `${file} changed while it was read; the next sweep reads it anew`,
  );
}

function formatCursor({ offset, line, version }: Cursor): string {
  return `${offset}:${line}:${version}`;
}

function stopped(file: string): CloudError {
  return new CloudError('CLOUD_STOPPED', `${file} is not read any more`);
}
