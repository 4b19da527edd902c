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
  inputDigest: z.string().nullable(),
  input: z.string().nullable(),
  decision: z.string(),
  point: z.string(),
  source: z.string(),
  subject: z.string(),
  actor: z.string().nullable(),
  rules: z.array(z.string()).readonly(),
  idempotencyKey: z.string().nullable(),
});

const Hold = z.object({
  id: z.string().optional(),
  subject: z.string().optional(),
  since: z.string().optional(),
  until: z.string().optional(),
});

/** One transaction's work. */
export const Work = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('append'), entries: z.array(Entry).readonly() }),
  z.object({ kind: z.literal('keep-head'), size: z.int(), note: z.string(), time: z.string() }),
  z.object({ kind: z.literal('add-key'), text: z.string(), time: z.string() }),
  z.object({
    kind: z.literal('drop'),
    what: z.enum(['decisions', 'inputs']),
    before: z.string(),
    holds: z.array(Hold).readonly(),
  }),
]);
export type Work = z.infer<typeof Work>;

/** To the writer: work, under a number that its answer has too, or the wish that it ends. */
export const ToWriter = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('work'), number: z.int(), work: Work }),
  z.object({ kind: z.literal('close') }),
]);
export type ToWriter = z.infer<typeof ToWriter>;

const Code = z.enum(['LEDGER_UNAVAILABLE', 'LEDGER_LOCKED', 'LEDGER_CORRUPT', 'LEDGER_CONFLICT']);
const Failure = z.object({ code: Code, message: z.string(), help: z.string().optional() });
export type Failure = z.infer<typeof Failure>;

/** What became of each entry; how many bodies were dropped. */
const Done = z.object({
  written: z
    .array(z.union([z.object({ sequence: z.int() }), z.object({ conflict: z.string() })]))
    .readonly()
    .default([]),
  dropped: z.int().default(0),
});
export type Done = z.infer<typeof Done>;

/** From the writer: it is open, it could not be opened, or what became of its work. */
export const FromWriter = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('refused'), failure: Failure }),
  z.object({ kind: z.literal('done'), number: z.int(), done: Done }),
  z.object({ kind: z.literal('failed'), number: z.int(), failure: Failure }),
]);
export type FromWriter = z.infer<typeof FromWriter>;
