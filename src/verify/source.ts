import { statSync } from 'node:fs';
import path from 'node:path';

import { bounded, VerifyError } from './finding.ts';
import type { Bounded } from './finding.ts';
import { surplus } from './surplus.ts';
import type { Surplus } from './surplus.ts';
import { readBounded, readTile } from './tiles.ts';
import type { Bytes, TilePlace } from './tiles.ts';

/** Far more than a checkpoint with many signatures has. */
export const LARGEST_NOTE = 65_536;

/** What is there of a log: how far its bundles and its tiles of level 0 go, and files that it should not have. */
export interface Survey {
  readonly last: Readonly<Record<'entries' | 0, number>>;
  readonly extra: Bounded<Surplus>;
}

/** Where a log lies. What is missing or too large is told; a place that cannot be looked at at all is a VerifyError. */
export interface LogSource {
  readonly checkpoint: () => Promise<Bytes>;
  readonly tile: (place: TilePlace) => Promise<Bytes>;
  readonly survey: (size: number) => Promise<Survey>;
  /** Tiles that are asked for before they are needed, where each takes its time. */
  readonly ahead: number;
  /** Gives up what was asked for and is not needed any more. */
  readonly close: () => void;
}

/**
 * A log as files of a folder.
 *
 * @throws VerifyError when there is no such folder, or it holds nothing of a log.
 */
export function folderLog(folder: string): LogSource {
  assertLog(folder);
  return {
    checkpoint: () => Promise.resolve(readBounded(folder, 'checkpoint', LARGEST_NOTE)),
    tile: (place) => Promise.resolve(readTile(folder, place)),
    survey: (size) => Promise.resolve(surveyOf(folder, size)),
    ahead: 1,
    close: () => undefined,
  };
}

/** Nothing at all was named wrongly; a log without its checkpoint was meddled with, and that is a finding. */
function assertLog(folder: string): void {
  const at = (name: string) => statSync(path.join(folder, name), { throwIfNoEntry: false });
  if (at('.')?.isDirectory() !== true) throw new VerifyError(`${folder} is no folder`);
  if (at('checkpoint') === undefined && at('tile') === undefined)
    throw new VerifyError(`${folder} holds no log: there is neither a checkpoint nor tile/`);
}

function surveyOf(folder: string, size: number): Survey {
  const last = { entries: -1, 0: -1 };
  const extra = bounded<Surplus>();
  for (const one of surplus(folder, size, ({ row, n }) => {
    if (row === 'entries' || row === 0) last[row] = Math.max(last[row], n);
  }))
    extra.add(one);
  return { last, extra };
}
