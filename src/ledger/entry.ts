import { canonicalJson } from '../kit/canonical-json.ts';
import { sha256 } from '../kit/digest.ts';
import type { Decision } from '../model/decision.ts';
import type { LedgerRecord } from './ledger.ts';

/** A record as it is stored: all text, so that it crosses threads and wires as it is. */
export interface LedgerEntry {
  readonly id: string;
  readonly time: string;
  readonly type: string;
  /** Canonical JSON, small: what the Merkle tree will take as its leaf. */
  readonly header: string;
  /** SHA-256 of `body`; it stands in the header, so the body can age out and the header still vouches for it. */
  readonly bodyDigest: string;
  /** Canonical JSON of the whole decision. */
  readonly body: string;
  /** The columns that a list filters by. */
  readonly decision: string;
  readonly point: string;
  readonly source: string;
  readonly actor: string | null;
  readonly rules: readonly string[];
  readonly idempotencyKey: string | null;
}

/**
 * Decision -> entry. The header carries digests and fixed words only: who asked and what they called things stays in
 * the body, which can be erased.
 *
 * @throws TypeError for a decision that JSON cannot hold.
 */
export function toEntry(record: LedgerRecord): LedgerEntry {
  const { id, time, type, decision } = record;
  const body = canonicalJson(decision);
  const bodyDigest = sha256(body);
  return {
    id,
    time,
    type,
    header: canonicalJson(toHeader(record, bodyDigest)),
    bodyDigest,
    body,
    decision: decision.decision,
    point: decision.point,
    source: decision.document.source,
    actor: decision.context.actor ?? null,
    rules: rulesOf(decision),
    idempotencyKey: record.idempotencyKey ?? null,
  };
}

function toHeader({ id, time, type, decision }: LedgerRecord, bodyDigest: string) {
  return {
    version: 1,
    id,
    time,
    type,
    decision: decision.decision,
    point: decision.point,
    dryRun: decision.dryRun,
    document: decision.document.digest,
    policies: decision.policies.digest,
    rules: decision.rules.digest,
    body: bodyDigest,
  };
}

/** Every rule that had something to say; the ones that were content are not listed. */
function rulesOf(decision: Decision): string[] {
  const { violations, warnings, recorded, exempt, unknown, failed } = decision;
  const rules = [violations, warnings, recorded, exempt, unknown, failed].flatMap((list) =>
    list.map(({ rule }) => rule),
  );
  return [...new Set(rules)].sort();
}
