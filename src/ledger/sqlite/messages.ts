import { z } from 'zod';

/** What the writer's thread is started with. */
export const WriterOptions = z.object({
  folder: z.string(),
  file: z.string(),
  /** For tests of a full disk. */
  maxPages: z.int().optional(),
});
export type WriterOptions = z.infer<typeof WriterOptions>;

const Entry = z.object({
  id: z.string(),
  time: z.string(),
  type: z.string(),
  header: z.string(),
  bodyDigest: z.string(),
  body: z.string(),
  decision: z.string(),
  point: z.string(),
  source: z.string(),
  subject: z.string(),
  actor: z.string().nullable(),
  rules: z.array(z.string()).readonly(),
  idempotencyKey: z.string().nullable(),
});

/** To the writer: entries for one transaction, or the wish that it ends. */
export const ToWriter = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('write'), entries: z.array(Entry).readonly() }),
  z.object({ kind: z.literal('close') }),
]);
export type ToWriter = z.infer<typeof ToWriter>;

const Code = z.enum(['LEDGER_UNAVAILABLE', 'LEDGER_LOCKED', 'LEDGER_CORRUPT', 'LEDGER_CONFLICT']);
const Failure = z.object({ code: Code, message: z.string(), help: z.string().optional() });
export type Failure = z.infer<typeof Failure>;

/** From the writer: it is open, it could not be opened, or what became of the entries it was given. */
export const FromWriter = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('refused'), failure: Failure }),
  z.object({
    kind: z.literal('written'),
    results: z.array(
      z.union([z.object({ sequence: z.int() }), z.object({ conflict: z.string() })]),
    ),
  }),
  z.object({ kind: z.literal('failed'), failure: Failure }),
]);
export type FromWriter = z.infer<typeof FromWriter>;
