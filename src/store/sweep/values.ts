import { z } from 'zod';

import type { FleetResource } from '../../sweep/fleet.ts';
import { orAbsent, fromJson, jsonOrNull } from '../columns.ts';

/** The shapes of the JSON columns. */
const Scope = z.record(z.string(), z.string());
const Together = z.record(z.string(), z.string());

const Tags = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('known'),
    values: z.record(z.string(), z.string()),
    unknown: z.array(z.string()),
  }),
  z.object({ state: z.literal('unknown'), reason: z.string() }),
]);

const CreatorShape = z
  .object({ name: z.string(), role: z.string().optional(), event: z.string().optional() })
  .transform(({ name, role, event }) => ({
    name,
    ...(role === undefined ? {} : { role }),
    ...(event === undefined ? {} : { event }),
  }));

/** What was looked up in vain stands in the place of the creator. */
const MadeBy = z.union([
  CreatorShape.transform((createdBy) => ({ createdBy })),
  z
    .object({
      unknown: z.object({
        why: z.enum(['no-record', 'pending', 'unread', 'limit']),
        reason: z.string(),
      }),
    })
    .transform(({ unknown }) => ({ createdBy: undefined, creatorUnknown: unknown })),
]);

const ManagerShape = z.object({
  tool: z.enum(['terraform', 'cloudformation', 'kubernetes-controller', 'azure-managed', 'other']),
  name: z.string(),
});

const Gate = z.object({
  decision: z.string(),
  time: z.string(),
  verdict: z.enum(['allow', 'deny']),
  address: z.string(),
});

export const scopeOf = (value: string) => fromJson(Scope, value, 'a scope');
export const togetherOf = (value: string | null) =>
  optional(Together, value, 'types read together');
export const tagsOf = (value: string) => fromJson(Tags, value, 'tags');
export const madeBy = (value: string | null) =>
  optional(MadeBy, value, 'a creator') ?? { createdBy: undefined };
export const creatorColumn = ({ createdBy, creatorUnknown }: Made) =>
  jsonOrNull(createdBy ?? (creatorUnknown && { unknown: creatorUnknown }));
export const managerOf = (value: string | null) => optional(ManagerShape, value, 'a manager');
export const gateOf = (value: string | null) => optional(Gate, value, 'a word of the gate');

type Made = Pick<FleetResource, 'createdBy' | 'creatorUnknown'>;

function optional<T>(schema: z.ZodType<T>, value: string | null, what: string): T | undefined {
  const given = orAbsent(value);
  return given === undefined ? undefined : fromJson(schema, given, what);
}
