import { sql } from 'kysely';
import type { Insertable, Selectable } from 'kysely';

import { HASH_BYTES, leafHash, splitHashes } from '../tree/hash.ts';
import { tileWidth } from '../tree/tile-hashes.ts';
import { resumeTree, TILE_WIDTH } from '../tree/tree.ts';
import type { Tile } from '../tree/tree.ts';
import { damaged } from './errors.ts';
import type { InTransaction, LedgerDatabase, TileTable } from './tables.ts';

type StoredTile = Selectable<TileTable>;
export type NewTile = Insertable<TileTable>;

/** Records whose hashes are filled in by one transaction, where a ledger is from before there was a tree. */
const FILL_STEP = 16 * TILE_WIDTH;

/** The right edge of the tree over so many records: its tiles that are not full. */
export interface Edge {
  readonly size: number;
  readonly tiles: readonly Tile[];
}

/**
 * What leaves change of the stored tree, to be written in the transaction of their records: the right edge alone, which is a
 * row a level, and the tiles that became full.
 */
export function grownTiles({ size, tiles }: Edge, headers: readonly string[]): readonly NewTile[] {
  const tree = resumeTree(size, tiles);
  const filled = headers.flatMap((header) => tree.append(leafHash(Buffer.from(header))));
  const before = new Set(tiles.map(nameOf));
  return [...filled, ...tree.partialTiles()]
    .filter((tile) => !before.has(nameOf(tile)))
    .map(({ level, index, hashes }) => ({ level, idx: index, hashes: Buffer.concat(hashes) }));
}

export async function putTiles(
  transaction: LedgerDatabase,
  tiles: readonly NewTile[],
): Promise<void> {
  await transaction
    .insertInto('tile')
    .values(tiles)
    .onConflict((on) =>
      on.columns(['level', 'idx']).doUpdateSet((row) => ({ hashes: row.ref('excluded.hashes') })),
    )
    .execute();
}

function nameOf({ level, index, hashes }: Tile): string {
  return `${level}/${index}/${hashes.length}`;
}

/** As many as a tree of 2 ** 48 leaves has, which is the largest that proofs are made for. */
const LEVELS = [0, 1, 2, 3, 4, 5, 6];

/** The last tile of each level. Asked without knowing the size of the tree, so that both can be asked at once. */
export async function lastTiles(database: LedgerDatabase): Promise<readonly StoredTile[]> {
  const levels = LEVELS.map(
    (level) =>
      sql`SELECT * FROM (SELECT level, idx, hashes FROM tile WHERE level = ${sql.lit(level)} ORDER BY idx DESC LIMIT 1) AS ${sql.ref(`level_${level}`)}`,
  );
  const { rows } = await sql<StoredTile>`${sql.join(levels, sql` UNION ALL `)}`.execute(database);
  return rows;
}

/**
 * The edge of a tree over so many records, of the last tiles that are stored.
 *
 * @throws LedgerError LEDGER_CORRUPT when they are those of another tree.
 */
export function edgeOf(size: number, stored: readonly StoredTile[]): Edge {
  const tiles: Tile[] = [];
  for (let level = 0; TILE_WIDTH ** level <= size; level++) {
    const index = Math.floor(size / TILE_WIDTH ** (level + 1));
    const last = stored.find((tile) => tile.level === level);
    const hashes = last?.idx === index ? splitHashes(bytesOf(last.hashes)) : [];
    const isWhole = last === undefined ? index === 0 : last.idx >= index - 1 && last.idx <= index;
    if (!isWhole || hashes.length !== tileWidth(size, level, index))
      throw damaged(`The hash tree is not that of the ledger's ${size} records.`);
    if (hashes.length > 0) tiles.push({ level, index, hashes });
  }
  return { size, tiles };
}

/** The hashes of a tile as far as they go, one behind the other; none where the tree has not come that far. */
export async function readTile(
  database: LedgerDatabase,
  level: number,
  index: number,
): Promise<Uint8Array> {
  const rows = await database
    .selectFrom('tile')
    .select('hashes')
    .where('level', '=', level)
    .where('idx', '=', index)
    .execute();
  return bytesOf(rows[0]?.hashes ?? Buffer.alloc(0));
}

function bytesOf(column: Uint8Array | ArrayBuffer): Uint8Array {
  return ArrayBuffer.isView(column) ? column : new Uint8Array(column);
}

/** Leaves that the stored tree has; fewer than records only while an older ledger is brought up to date. */
async function treeSize(database: LedgerDatabase): Promise<number> {
  const rows = await database
    .selectFrom('tile')
    .select(['idx', 'hashes'])
    .where('level', '=', 0)
    .orderBy('idx', 'desc')
    .limit(1)
    .execute();
  const last = rows[0];
  return last === undefined ? 0 : last.idx * TILE_WIDTH + bytesOf(last.hashes).length / HASH_BYTES;
}

/** Builds the tree over records from before there was one; each step is durable and the next begins where it ended. */
export async function fillTree(write: InTransaction): Promise<void> {
  let filled = FILL_STEP;
  while (filled === FILL_STEP) filled = await write(fillStep);
}

async function fillStep(transaction: LedgerDatabase): Promise<number> {
  const size = await treeSize(transaction);
  const rows = await transaction
    .selectFrom('record')
    .select(['sequence', 'header'])
    .where('sequence', '>=', size)
    .orderBy('sequence')
    .limit(FILL_STEP)
    .execute();
  rows.forEach(({ sequence }, at) => {
    if (sequence !== size + at) throw damaged(`The ledger has no record ${size + at}.`);
  });
  const headers = rows.map(({ header }) => header);
  if (headers.length > 0)
    await putTiles(transaction, grownTiles(edgeOf(size, await lastTiles(transaction)), headers));
  return rows.length;
}
