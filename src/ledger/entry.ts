import { canonicalJson } from '../kit/canonical-json.ts';
import { sha256 } from '../kit/digest.ts';
import type { Decision } from '../model/decision.ts';
import type { DecisionRecord, EventRecord, LedgerRecord } from './ledger.ts';
import { text } from './store/columns.ts';

/** A record as it is stored: all text, so that it crosses threads and wires as it is. */
export interface LedgerEntry {
  readonly id: string;
  readonly time: string;
  readonly type: string;
  /** Canonical JSON, small: what the Merkle tree will take as its leaf. */
  readonly header: string;
  /** SHA-256 of `body`; it stands in the header, so the body can age out and the header still vouches for it. */
  readonly bodyDigest: string;
  /** Canonical JSON of the whole decision, or of what happened. */
  readonly body: string;
  /** SHA-256 of `input`, in the header too; null where no input is kept. */
  readonly inputDigest: string | null;
  readonly input: string | null;
  /** The columns that a list filters by; an event has none of the first three, a decision has no subject. */
  readonly decision: string;
  readonly point: string;
  readonly source: string;
  readonly subject: string;
  readonly actor: string | null;
  readonly rules: readonly string[];
  readonly idempotencyKey: string | null;
}

/**
 * Record -> entry. The header carries digests and fixed words only: who asked and what they called things stays in the
 * body, which can be erased.
 *
 * @throws TypeError for what JSON cannot hold.
 */
export function toEntry(record: LedgerRecord): LedgerEntry {
  return isDecision(record) ? decisionEntry(record) : eventEntry(record);
}

function isDecision(record: LedgerRecord): record is DecisionRecord {
  return record.type === 'decision';
}

function decisionEntry(record: DecisionRecord): LedgerEntry {
  const { id, time, type, decision } = record;
  const body = canonicalJson(decision);
  const bodyDigest = sha256(body);
  const inputDigest = record.input === undefined ? undefined : sha256(record.input);
  return {
    id,
    time,
    type,
    header: canonicalJson(toHeader(record, bodyDigest, inputDigest)),
    bodyDigest,
    body,
    inputDigest: inputDigest ?? null,
    input: record.input ?? null,
    decision: decision.decision,
    point: decision.point,
    source: text(decision.document.source),
    subject: '',
    actor: textOrNull(decision.context.actor),
    rules: rulesOf(decision),
    idempotencyKey: textOrNull(record.idempotencyKey),
  };
}

function toHeader(
  { id, time, type, decision }: DecisionRecord,
  bodyDigest: string,
  inputDigest: string | undefined,
) {
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
    input: inputDigest,
  };
}

/** The body holds subject and actor too: columns are an index, and only what stands under the digest is vouched for. */
function eventEntry({ id, time, type, subject, actor, body: what }: EventRecord): LedgerEntry {
  const body = canonicalJson({ subject, actor, body: what });
  const bodyDigest = sha256(body);
  return {
    id,
    time,
    type,
    header: canonicalJson({ version: 1, id, time, type, body: bodyDigest }),
    bodyDigest,
    body,
    inputDigest: null,
    input: null,
    decision: '',
    point: '',
    source: '',
    subject: text(subject),
    actor: textOrNull(actor),
    rules: [],
    idempotencyKey: null,
  };
}

/** Columns are an index: word for word it stands in the body, whose JSON can say any text. */
function textOrNull(value: string | undefined): string | null {
  return value === undefined ? null : text(value);
}

/** Every rule that had something to say; the ones that were content are not listed. */
function rulesOf(decision: Decision): string[] {
  const { violations, warnings, recorded, exempt, unknown, failed } = decision;
  const rules = [violations, warnings, recorded, exempt, unknown, failed].flatMap((list) =>
    list.map(({ rule }) => rule),
  );
  return [...new Set(rules)].sort();
}
