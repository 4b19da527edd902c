import { z } from 'zod';

import { RulesError } from './bindings/errors.ts';
import { ruleContent } from './bindings/parse-rules.ts';
import { PolicyError } from './engine/policy-set/errors.ts';
import { ToolchainError } from './engine/toolchain/errors.ts';
import type { Gateway } from './gateway.ts';
import { sha256 } from './kit/digest.ts';
import type { EventRecord, LedgerReader } from './ledger/ledger.ts';
import { PLAIN } from './redact/redactor.ts';

type Events = Pick<LedgerReader, 'events'>;
type Told = Omit<EventRecord, 'id' | 'time'>;

const Each = z.array(z.object({ rule: z.string(), digest: z.string() }));
const Activated = z.object({
  policies: z.object({ digest: z.string() }),
  rules: z.object({ digest: z.string(), each: Each }),
});
type Activated = z.infer<typeof Activated>;

/**
 * Tells the ledger by which policies and rules a gate judges from now on, and which rules are others than before; nothing
 * where the last gate that started judged by the same.
 *
 * @throws LedgerError
 */
export async function recordActivated(
  gateway: Pick<Gateway, 'events' | 'record' | 'policies' | 'rules'>,
): Promise<void> {
  const [set, { digest, rules }] = [gateway.policies(), gateway.rules()];
  const each = rules.map((rule) => ({ rule: rule.id, digest: sha256(ruleContent(rule)) }));
  const now = {
    policies: { digest: set.digest, count: set.policies.length },
    rules: { digest, count: rules.length, each },
  };
  const last = Activated.safeParse((await newest(gateway, 'policies.activated'))?.body).data;
  if (last?.policies.digest === set.digest && last.rules.digest === digest) return;
  const before = last === undefined ? {} : { before: beforeOf(last), changed: changed(last, now) };
  await gateway.record({
    type: 'policies.activated',
    subject: set.digest,
    body: { ...now, ...before },
  });
}

function beforeOf({ policies, rules }: Activated) {
  return { policies: policies.digest, rules: rules.digest };
}

function changed(last: Activated, now: Activated) {
  const [before, after] = [last, now].map(
    ({ rules }) => new Map(rules.each.map(({ rule, digest }) => [rule, digest])),
  );
  const [old, fresh] = [before ?? new Map<string, string>(), after ?? new Map<string, string>()];
  const ids = [...fresh.keys()];
  return {
    added: ids.filter((id) => !old.has(id)),
    changed: ids.filter((id) => old.has(id) && old.get(id) !== fresh.get(id)),
    removed: [...old.keys()].filter((id) => !fresh.has(id)),
  };
}

/** A message may quote a whole file. */
const LONGEST_MESSAGE = 4_000;

/**
 * What the ledger is told of policies or rules that a gate would not start with. Undefined for what was told already: who
 * starts it again and again says nothing new.
 */
export async function refusedEvent(
  { code, message: whole }: WrongSet,
  ledger: Events,
): Promise<Told | undefined> {
  const message = PLAIN.text(whole.slice(0, LONGEST_MESSAGE).toWellFormed());
  const last = z
    .object({ code: z.string(), message: z.string() })
    .safeParse((await newest(ledger, 'policies'))?.body).data;
  if (last?.code === code && last.message === message) return undefined;
  return { type: 'policies.refused', subject: code, body: { code, message } };
}

type WrongSet = PolicyError | RulesError | ToolchainError;

/** True when policies or rules are at fault, and not the machine that they are read on. */
export function isWrongSet(error: unknown): error is WrongSet {
  return (
    error instanceof PolicyError ||
    error instanceof RulesError ||
    (error instanceof ToolchainError && error.code !== 'TOOLCHAIN_BROKEN')
  );
}

async function newest(ledger: Events, type: string) {
  return (await ledger.events({ type, limit: 1 })).events[0];
}
