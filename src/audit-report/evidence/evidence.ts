import { canonicalJson } from '../../kit/canonical-json.ts';
import { compact } from '../../kit/compact.ts';
import type { StoredEvent } from '../../ledger/ledger.ts';
import type { LedgerLog, ProvenLeaf } from '../../ledger/log.ts';
import { ReportError } from '../errors.ts';
import { issuedBody, positionsOf } from './issued.ts';

/** A leaf, and the way to the root as places in the list of hashes: leaves that are neighbours share most of it. */
interface Quote {
  readonly index: number;
  readonly leaf: string;
  readonly proof: readonly number[];
}

/** What proves a report without us. docs/reports.md says how it is checked. */
export interface Evidence {
  readonly format: 'portcullis-evidence/1';
  readonly report: {
    readonly id: string;
    readonly kind: string;
    readonly format: string;
    readonly digest: string;
  };
  readonly origin: string;
  readonly verifierKeys: readonly string[];
  /** A signed note (C2SP tlog-checkpoint). */
  readonly checkpoint: string;
  /** The record that the report was issued, and its body, whose digest stands in the leaf. */
  readonly issued: Quote & { readonly body: string };
  /** The records that its rows quote. */
  readonly quoted: readonly Quote[];
  /** Rows that quote records which are not among them. */
  readonly unproven: number;
  readonly hashes: readonly string[];
}

/** The evidence of a report that was issued, against a head that is signed now. @throws ReportError REPORT_UNPROVEN, LedgerError */
export async function evidenceOf(event: StoredEvent, log: LedgerLog): Promise<Evidence> {
  const { kind, format, content, quoted } = issuedBody(event);
  await log.sign();
  const positions = positionsOf(issuedBody(event));
  const { checkpoint, leaves } = await log.prove([event.sequence, ...positions]);
  const [issued, ...rest] = leaves;
  if (issued === undefined || leaves.length !== positions.length + 1)
    throw new ReportError('REPORT_UNPROVEN', 'The ledger did not prove all that was asked for.');
  const hashes = hashTable();
  const { subject, actor, body } = event;
  return {
    format: 'portcullis-evidence/1',
    report: { id: subject, kind, format, digest: content.digest },
    origin: log.origin,
    verifierKeys: await log.verifierKeys(),
    checkpoint,
    issued: {
      ...quoteOf(issued, hashes),
      body: canonicalJson({ subject, ...compact({ actor }), body }),
    },
    quoted: rest.map((leaf) => quoteOf(leaf, hashes)),
    unproven: quoted.cut,
    hashes: hashes.all,
  };
}

interface HashTable {
  readonly all: string[];
  readonly at: (hash: string) => number;
}

function hashTable(): HashTable {
  const all: string[] = [];
  const places = new Map<string, number>();
  return {
    all,
    at: (hash) => {
      const place = places.get(hash) ?? all.push(hash) - 1;
      places.set(hash, place);
      return place;
    },
  };
}

function quoteOf({ index, leaf, proof }: ProvenLeaf, hashes: HashTable): Quote {
  return { index, leaf, proof: proof.map(hashes.at) };
}
