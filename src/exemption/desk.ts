import type { Exemption, ExemptionDocument } from '../bindings/exemption.ts';
import { approvalsFor, exemptionProblems, rulesFor } from '../bindings/parse-exemptions.ts';
import type { Rule } from '../bindings/rule.ts';
import type { ExemptionsNow } from '../decide/bear.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import { compact } from '../kit/compact.ts';
import { sha256 } from '../kit/digest.ts';
import { PLAIN } from '../redact/redactor.ts';
import { IN_STORE } from './bind.ts';
import { ExemptionError } from './errors.ts';
import { approval, rejection, revocation } from './moves.ts';
import type { Move } from './moves.ts';
import type { Recorder } from './record.ts';
import { recordMoves } from './record.ts';
import { reviewExemptions } from './review.ts';
import type { ReviewedExemption } from './review.ts';
import type { ExemptionStore, StoredExemption } from './store.ts';
import type {
  ExemptionAsk,
  ExemptionList,
  ExemptionQuery,
  ExemptionReview,
  ExemptionView,
} from './views.ts';
import { fileView, storedView } from './view.ts';

/**
 * Everything that can be asked of exemptions: plain data in and out, so that a client at the other end of a wire is one too.
 *
 * Every promise may be rejected with ExemptionError, StoreError or LedgerError.
 */
export interface ExemptionDesk {
  /** The same request again answers what became of it. */
  readonly request: (ask: ExemptionAsk, actor: string) => Promise<ExemptionView>;
  readonly approve: (id: string, actor: string) => Promise<ExemptionView>;
  readonly reject: (id: string, reason: string, actor: string) => Promise<ExemptionView>;
  readonly revoke: (id: string, reason: string, actor: string) => Promise<ExemptionView>;
  /** Those of files first, then stored ones, the newest first. */
  readonly list: (query: ExemptionQuery) => Promise<ExemptionList>;
  readonly find: (id: string) => Promise<ExemptionView>;
  readonly review: (unusedDays: number) => Promise<ExemptionReview>;
}

export interface DeskParts {
  readonly store: ExemptionStore;
  readonly rules: () => readonly Rule[];
  readonly current: () => Promise<ExemptionsNow>;
  readonly record: Recorder;
}

export function exemptionDesk(parts: DeskParts): ExemptionDesk {
  const { store } = parts;
  const move = async (id: string, how: (stored: StoredExemption) => Move) => {
    await refuseOfFile(parts, id);
    const moved = await store.change(id, (stored, now) => how(stored)(stored, now));
    await recordMoves(parts, id);
    return await shown(parts, moved);
  };
  return {
    request: (ask, actor) => request(parts, ask, actor),
    approve: (id, actor) =>
      move(id, ({ document }) => approval(actor, approvalsFor(rulesFor(document, parts.rules())))),
    reject: (id, reason, actor) => move(id, () => rejection(actor, PLAIN.text(reason))),
    revoke: (id, reason, actor) => move(id, () => revocation(actor, PLAIN.text(reason))),
    list: (query) => list(parts, query),
    find: (id) => find(parts, id),
    review: (days) => review(parts, days),
  };
}

async function request(
  parts: DeskParts,
  { id, ...asked }: ExemptionAsk,
  actor: string,
): Promise<ExemptionView> {
  const document = withoutCredentials({ ...asked, id: id ?? madeId(asked, actor) });
  const { at } = await parts.current();
  requireUseful(document, parts.rules(), at);
  await refuseOfFile(parts, document.id);
  const stored = await parts.store.create(document, actor);
  const same = canonicalJson(stored.document) === canonicalJson(document);
  if (!same || stored.requestedBy !== actor)
    throw new ExemptionError(
      'EXEMPTION_EXISTS',
      `${document.id} is the id of what ${stored.requestedBy} asked for at ${stored.requestedAt}, in ${IN_STORE}.`,
      { help: 'Take another id, or none: one is made then.' },
    );
  await recordMoves(parts, document.id);
  return await shown(parts, stored);
}

/** What people write into a field of text, they paste. */
function withoutCredentials(document: ExemptionDocument): ExemptionDocument {
  const { reason, owner, ticket } = document;
  const { text } = PLAIN;
  return {
    ...document,
    ...{ reason: text(reason), owner: text(owner) },
    ...compact({ ticket: ticket === undefined ? undefined : text(ticket) }),
  };
}

/** Who asks for the same thing again is told what became of it. */
function madeId(asked: Omit<ExemptionAsk, 'id'>, actor: string): string {
  return `ex-${sha256(canonicalJson({ asked, actor })).slice('sha256:'.length, 'sha256:'.length + 16)}`;
}

/** @throws ExemptionError EXEMPTION_INVALID */
function requireUseful(document: ExemptionDocument, rules: readonly Rule[], now: Date): void {
  const problems = exemptionProblems(document, rules).map(({ message }) => message);
  if (new Date(document.until) <= now) problems.push(`it ended already, at ${document.until}`);
  // An address ends with this word.
  if (document.id === 'review') problems.push('review is no id');
  if (problems.length === 0) return;
  throw new ExemptionError(
    'EXEMPTION_INVALID',
    `The exemption ${document.id} makes no sense: ${problems.join('; ')}.`,
  );
}

/** What stands in a file is changed there, where it goes through review. @throws ExemptionError EXEMPTION_EXISTS */
async function refuseOfFile({ current }: DeskParts, id: string): Promise<void> {
  const { set } = await current();
  const found = set.exemptions.find((one) => one.id === id && one.where !== IN_STORE);
  if (found === undefined) return;
  throw new ExemptionError('EXEMPTION_EXISTS', `The exemption ${id} stands in ${found.where}.`, {
    help: 'Change it there, or take another id.',
  });
}

async function shown(parts: DeskParts, stored: StoredExemption): Promise<ExemptionView> {
  const { at } = await parts.current();
  const use = (await parts.store.uses([stored.document.id])).get(stored.document.id);
  return storedView(stored, parts.rules(), at, use);
}

async function find(parts: DeskParts, id: string): Promise<ExemptionView> {
  const stored = await parts.store.find(id);
  if (stored !== undefined) return await shown(parts, stored);
  const { set, at } = await parts.current();
  const ofFile = set.exemptions.find((one) => one.id === id);
  if (ofFile !== undefined) return fileView(ofFile, at, (await parts.store.uses([id])).get(id));
  throw new ExemptionError('EXEMPTION_UNKNOWN', `There is no exemption ${id}.`, {
    help: 'Those that there are: `portcullis exempt list`, or GET /v1/exemptions.',
  });
}

async function list(parts: DeskParts, query: ExemptionQuery): Promise<ExemptionList> {
  const { set, at } = await parts.current();
  const stored = await parts.store.list(query.limit);
  const files = set.exemptions.filter(({ where }) => where !== IN_STORE);
  const uses = await parts.store.uses([
    ...files.map(({ id }) => id),
    ...stored.map(({ document }) => document.id),
  ]);
  const all = [
    ...files.map((one) => fileView(one, at, uses.get(one.id))),
    ...stored.map((one) => storedView(one, parts.rules(), at, uses.get(one.document.id))),
  ];
  const wanted = all.filter(
    ({ state, rules }) =>
      (query.state === undefined || state === query.state) &&
      (query.rule === undefined || rules.includes(query.rule)),
  );
  return { digest: set.digest, exemptions: wanted };
}

async function review(parts: DeskParts, unusedDays: number): Promise<ExemptionReview> {
  const { set, at } = await parts.current();
  const stored = await parts.store.live();
  const ids = set.exemptions.map(({ id }) => id);
  const since = new Map([
    ...(await parts.store.seen(ids)),
    ...stored.map((one): [string, string] => [one.document.id, one.requestedAt]),
  ]);
  const uses = await parts.store.uses(ids);
  const reviewed = set.exemptions.map((one) =>
    toReviewed(one, since.get(one.id), uses.get(one.id)),
  );
  const remarks = reviewExemptions(reviewed, { now: at, unusedDays });
  return {
    remarks: remarks.map(({ code, message, exemption: { id, where, owner, until } }) => ({
      ...{ code, id, where, owner, until, message },
    })),
  };
}

function toReviewed(
  exemption: Exemption,
  since: string | undefined,
  use: { readonly uses: number; readonly lastUsed: string } | undefined,
): ReviewedExemption {
  const { id, where, rules, match, points, reason, owner, ticket, approvedBy } = exemption;
  return {
    ...{ id, where, match, points, reason, owner, approvedBy },
    rules: [...rules],
    until: exemption.until.toISOString(),
    uses: use?.uses ?? 0,
    ...compact({ ticket, from: exemption.from?.toISOString(), lastUsed: use?.lastUsed, since }),
  };
}
