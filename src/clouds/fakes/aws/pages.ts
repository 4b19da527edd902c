import { createHash } from 'node:crypto';

import { z } from 'zod';

import { AwsRefusal } from './refusal.ts';
import type { FakeCall, FakeWorld } from './call.ts';

/** What a page token lives: https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html */
export const TOKEN_MINUTES = 15;

const Token = z.object({
  from: z.number().int().nonnegative(),
  /** The question that it goes on with. */
  of: z.string(),
  at: z.number(),
  /** Which page: an empty one does not move on, and its token is a new one all the same. */
  page: z.number(),
});
type Token = z.infer<typeof Token>;

export interface FakePage<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

export interface Paging {
  readonly size: number;
  readonly token: string | undefined;
  /** How the service calls a token that it does not take, and one that is too old. */
  readonly invalid: string;
  readonly expired: string;
}

/** A part of the items; tokens belong to one question, of one caller, and grow old. */
export function page<T>(
  items: readonly T[],
  paging: Paging,
  call: FakeCall,
  world: FakeWorld,
): FakePage<T> {
  const of = questionOf(call);
  const { from, page: before } = startOf(paging, of, call, world);
  const size = sizeOf(paging.size, call, world);
  const next =
    from + size >= items.length
      ? undefined
      : tokenOf({ from: from + size, of, at: world.clock().getTime(), page: before + 1 });
  const repeated =
    paging.token !== undefined && world.faults.hit('repeated-token', call) !== undefined;
  return { items: items.slice(from, from + size), next: repeated ? paging.token : next };
}

function startOf(
  { token, invalid, expired }: Paging,
  of: string,
  call: FakeCall,
  world: FakeWorld,
): Pick<Token, 'from' | 'page'> {
  if (token === undefined || token === '') return { from: 0, page: 0 };
  const known = Token.safeParse(decoded(token));
  if (!known.success || known.data.of !== of)
    throw new AwsRefusal(invalid, 'The token is not valid.');
  const age = world.clock().getTime() - known.data.at;
  if (age > TOKEN_MINUTES * 60_000 || world.faults.hit('expired-token', call) !== undefined)
    throw new AwsRefusal(expired, 'The pagination token has expired.');
  return known.data;
}

function sizeOf(size: number, call: FakeCall, world: FakeWorld): number {
  if (world.faults.hit('empty-page', call) !== undefined) return 0;
  if (world.faults.hit('short-page', call) !== undefined) return Math.max(1, Math.floor(size / 2));
  return size;
}

const TOKEN_MEMBERS = new Set(['NextToken', 'nextToken', 'PaginationToken', 'Marker']);

function questionOf({ operation, account, region, input }: FakeCall): string {
  const asked = Object.entries(input).filter(([name]) => !TOKEN_MEMBERS.has(name));
  const text = JSON.stringify([operation, account, region, asked]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function tokenOf(token: Token): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function decoded(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
