import { parseCheckpoint } from '../../ledger/checkpoint.ts';
import type { LedgerLog } from '../../ledger/log.ts';
import { encodeBundle } from '../../ledger/tiles/bundle.ts';
import { parseTilePath } from '../../ledger/tiles/path.ts';
import type { TilePlace } from '../../ledger/tiles/path.ts';
import { tileWidth } from '../../ledger/tree/tile-hashes.ts';
import type { Door } from '../door.ts';
import { HttpError } from '../errors.ts';
import { admit } from '../exchange.ts';
import type { Handler } from '../exchange.ts';
import { parseQuery } from '../query.ts';
import type { Read } from '../read.ts';
import { jsonReply, reply } from '../reply.ts';
import { ConsistencyQuery } from './operations.ts';
import type { LEDGER_OPERATIONS } from './operations.ts';

/** A token is asked for, so no cache may give one caller what another one got. */
const FOR_EVER = { 'cache-control': 'private, max-age=31536000, immutable' };
const FOR_SECONDS = { 'cache-control': 'private, max-age=2' };
const TEXT = 'text/plain; charset=utf-8';
const BYTES = 'application/octet-stream';

/** While a proof is made another head may be signed; then it is made anew, this often. */
const TRIES = 5;

/** The ledger as C2SP tlog-tiles defines a log over HTTP, and proofs for those who do not want to read tiles. */
export function ledgerHandlers(door: Door): [keyof typeof LEDGER_OPERATIONS, Handler][] {
  const answering =
    (read: Read): Handler =>
    async (exchange, parameters) => {
      const { name } = admit(exchange, door.authenticate, 'read');
      const answer = await read(exchange, parameters, { actor: name });
      await reply(exchange.request, exchange.response, answer);
    };
  return [
    ['ledgerCheckpoint', answering(checkpoint(door))],
    ['ledgerTile', answering(tile(door))],
    ['ledgerVerifierKeys', answering(verifierKeys(door))],
    ['ledgerProof', answering(proof(door))],
    ['ledgerConsistency', answering(consistency(door))],
  ];
}

function checkpoint(door: Door): Read {
  return async () => ({
    status: 200,
    type: TEXT,
    body: await logOf(door).checkpoint(),
    headers: FOR_SECONDS,
  });
}

function verifierKeys(door: Door): Read {
  return async () => {
    const keys = await logOf(door).verifierKeys();
    return {
      status: 200,
      type: TEXT,
      body: keys.map((key) => `${key}\n`).join(''),
      headers: FOR_SECONDS,
    };
  };
}

function tile(door: Door): Read {
  return async (_, parameters) => {
    const log = logOf(door);
    const place = parseTilePath(parameters['tile'] ?? '');
    // What is durable already but stands under no head yet is nobody's to prove.
    const covered = place !== undefined && place.width <= widthIn(await sizeOf(log), place);
    const body = covered ? await bytesOf(log, place) : undefined;
    if (body === undefined)
      throw new HttpError('NOT_FOUND', 'The newest checkpoint covers no such tile.', {
        help: 'Read /v1/ledger/checkpoint: its second line says how many records there are.',
      });
    return { status: 200, type: BYTES, body, headers: FOR_EVER };
  };
}

function widthIn(size: number, { row, index }: TilePlace): number {
  return tileWidth(size, row === 'entries' ? 0 : row, index);
}

async function bytesOf(
  log: LedgerLog,
  { row, index, width }: TilePlace,
): Promise<Uint8Array | undefined> {
  if (row !== 'entries') return await log.tile(row, index, width);
  const entries = await log.entries(index, width);
  return entries === undefined ? undefined : encodeBundle(entries);
}

/** The id of a decision, or the sequence of a record of any kind: no id is digits alone. */
function proof(door: Door): Read {
  return async (_, { record = '' }) => {
    const log = logOf(door);
    const sequence = await sequenceOf(door, record);
    if (sequence === undefined || !(await isCovered(log, sequence)))
      throw new HttpError('NOT_FOUND', 'The ledger has no such record.');
    const { checkpoint: head, leaves } = await log.prove([sequence]);
    return jsonReply(200, { checkpoint: head, ...leaves[0] });
  };
}

async function sequenceOf({ gateway }: Door, record: string): Promise<number | undefined> {
  if (/^\d{1,15}$/.test(record)) return Number(record);
  return record.length > 64 ? undefined : (await gateway.find(record))?.sequence;
}

/** A record of this second may stand under no head yet: one is signed for it. */
async function isCovered(log: LedgerLog, sequence: number): Promise<boolean> {
  return sequence < (await sizeOf(log)) || sequence < sizeIn(await log.sign());
}

function consistency(door: Door): Read {
  return async ({ url }) => {
    const log = logOf(door);
    const { from } = parseQuery(ConsistencyQuery, url.searchParams);
    for (let tried = 0; tried < TRIES; tried++) {
      const head = await log.checkpoint();
      if (from > sizeIn(head))
        throw new HttpError('NOT_FOUND', `The ledger has fewer than ${from} records.`, {
          help: 'If a checkpoint over so many was signed, keep it: the ledger was set back or rewritten.',
        });
      const hashes = await log.consistency(from);
      if ((await log.checkpoint()) === head)
        return jsonReply(200, { checkpoint: head, from, proof: hashes });
    }
    throw new HttpError('OVERLOADED', 'The ledger grows faster than a proof is made. Try again.');
  };
}

async function sizeOf(log: LedgerLog): Promise<number> {
  return sizeIn(await log.checkpoint());
}

function sizeIn(note: string): number {
  return parseCheckpoint(note)?.size ?? 0;
}

function logOf({ gateway }: Door): LedgerLog {
  if (gateway.log !== undefined) return gateway.log;
  throw new HttpError('NOT_FOUND', 'This gate keeps no ledger.');
}
