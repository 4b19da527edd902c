import { conflict } from './gateway-error.ts';
import { sha256 } from './kit/digest.ts';
import { LedgerError } from './ledger/errors.ts';
import type { LedgerReader } from './ledger/ledger.ts';
import type { Decision } from './model/decision.ts';

/** How a decision is found again, and how it is made and recorded. */
export interface Making {
  readonly find: (key: string) => Promise<Decision | undefined>;
  readonly make: () => Promise<Decision>;
}

/** Callers make keys of what they have at hand, tokens too. A key is only ever compared, so its digest does. */
export function keptKey(key: string): string {
  return sha256(key);
}

/** Requests with one key, at the same time or years apart, are one decision and one record. */
export function oncePerKey(): (key: string, making: Making) => Promise<Decision> {
  const underWay = new Map<string, Promise<Decision>>();
  return async (key, making) => {
    const pending = underWay.get(key) ?? recordedOrNew(key, making);
    underWay.set(key, pending);
    try {
      return await pending;
    } finally {
      if (underWay.get(key) === pending) underWay.delete(key);
    }
  };
}

async function recordedOrNew(key: string, { find, make }: Making): Promise<Decision> {
  const recorded = await find(key);
  if (recorded !== undefined) return recorded;
  try {
    return await make();
  } catch (error) {
    // Another replica was asked under this key meanwhile, and its record came first: that decision is the one.
    const first = isConflict(error) ? await find(key) : undefined;
    if (first === undefined) throw error;
    return first;
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof LedgerError && error.code === 'LEDGER_CONFLICT';
}

/** @throws GatewayError when the key's decision was recorded, and is no longer kept. */
export async function recordedUnder(
  key: string,
  ledger: LedgerReader | undefined,
): Promise<Decision | undefined> {
  const found = await ledger?.findByIdempotencyKey(key);
  if (found !== undefined && found.decision === undefined)
    throw conflict('a decision that is no longer kept');
  return found?.decision;
}
