import type { OpenedReport, Reports, WantedReport } from '../../audit-report/reports.ts';
import { compact } from '../../kit/compact.ts';
import { clientOf } from '../client.ts';
import type { Client } from '../client.ts';
import { openHere } from '../fleet/desk.ts';
import type { DeskOptions } from '../fleet/desk.ts';
import type { Io } from '../io.ts';

/** A report that comes, and its evidence where that is a file of its own. */
export interface ReportFile {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** To be asked for when the bytes are at their end. */
  readonly beside: (() => Promise<string>) | undefined;
  /** What the format had no room for; known when the bytes are at their end. */
  readonly cuts: () => readonly string[];
}

/** `say` is told now and then how far it has come. */
type Wanted = Omit<WantedReport, 'actor' | 'onProgress'> & { readonly say: (how: string) => void };
type Open = (wanted: Wanted) => Promise<ReportFile>;

/** Reports of a running gate, or of the ledger and the store in this process. */
export async function withReports(
  io: Io,
  { config, server, actor }: DeskOptions,
  work: (open: Open) => Promise<void>,
): Promise<void> {
  if (server !== undefined) {
    const client = clientOf(server, io.token);
    await work((wanted) => remote(client, wanted));
    return;
  }
  const { reports, close } = await openHere(io, config);
  try {
    await work(async ({ say, ...wanted }) => {
      const onProgress = (rows: number): void => say(`${rows} rows`);
      return local(reports, await reports.open({ ...wanted, actor, onProgress }));
    });
  } finally {
    await close();
  }
}

function local(reports: Reports, { id, bytes, format, cuts }: OpenedReport): ReportFile {
  return {
    bytes,
    cuts,
    beside: format.evidence === 'beside' ? () => reports.evidence(id) : undefined,
  };
}

async function remote(client: Client, { kind, format, ask, say }: Wanted): Promise<ReportFile> {
  const query = new URLSearchParams(compact(ask));
  say('the gate is making it …');
  const { bytes, headers } = await client.download(
    `v1/reports/${kind}.${format}?${query.toString()}`,
  );
  const id = headers.get('x-report-id') ?? '';
  const cut = headers.get('x-report-cut');
  return {
    bytes: counted(bytes, say),
    cuts: () => (cut === null ? [] : [cut]),
    beside: headers.has('link')
      ? async () =>
          await textOf(
            (await client.download(`v1/reports/${encodeURIComponent(id)}/evidence`)).bytes,
          )
      : undefined,
  };
}

/** Rows are not told of from afar: bytes are. */
async function* counted(
  bytes: AsyncIterable<Uint8Array>,
  say: (how: string) => void,
): AsyncGenerator<Uint8Array> {
  let [received, said] = [0, 0];
  for await (const piece of bytes) {
    received += piece.length;
    if (received - said >= EVERY_BYTES) {
      say(`${(received / 1e6).toFixed(1)} MB received`);
      said = received;
    }
    yield piece;
  }
}

const EVERY_BYTES = 500_000;

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
