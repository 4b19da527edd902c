import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

import { InventorySettings } from '../clouds/registry.ts';
import { isAddress, parseBucket } from '../ledger/export/destination.ts';
import { isKeyName } from '../ledger/note/key.ts';
import { RepairSettings } from '../repair/settings.ts';
import { SweepSettings } from '../sweep/schema.ts';
import { parseDuration, parseSize } from './units.ts';

const SHIPPED = fileURLToPath(new URL('../../', import.meta.url));

/** Bytes, written as `10MB` or `64KiB`, or as a plain number of bytes. */
function size(fallback: string) {
  return z
    .union([z.int().min(1), z.string()], 'a size such as 10MB, 64KiB or a number of bytes')
    .default(fallback)
    .transform((value, context) => {
      const bytes = typeof value === 'number' ? value : parseSize(value);
      if (bytes !== undefined && bytes > 0) return bytes;
      context.addIssue({
        code: 'custom',
        message: `${JSON.stringify(value)} is not a size such as 10MB or 64KiB`,
      });
      return z.NEVER;
    });
}

/** Milliseconds, written as `250ms`, `30s`, `5m` or `1h`. */
function duration(fallback: string, least = 1) {
  return z
    .string('a duration such as 250ms or 30s')
    .default(fallback)
    .transform((value, context) => {
      const milliseconds = parseDuration(value);
      if (milliseconds !== undefined && milliseconds >= least) return milliseconds;
      context.addIssue({
        code: 'custom',
        message:
          milliseconds === undefined
            ? `${JSON.stringify(value)} is not a duration such as 250ms, 30s, 5m or 1h`
            : `${JSON.stringify(value)} is too short: at least ${least} ms`,
      });
      return z.NEVER;
    });
}

function count(fallback: number, least = 1, most = 2 ** 31 - 1) {
  return z.int().min(least).max(most).default(fallback);
}

export const ROLES = ['gate', 'read', 'operate', 'admin'] as const;
export const Role = z.enum(ROLES);
/**
 * gate: ask for decisions; read: read records, findings, policies, rules, metrics; operate: start sweeps, push inventories,
 * plan, approve, apply and undo repairs, try policies on records, and read; admin: all of it.
 */
export type Role = z.infer<typeof Role>;

const Token = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/i, 'letters, digits, dot, dash and underscore, at most 63')
    .describe('Who holds the token; written to logs.'),
  role: Role,
  sha256: z
    .string()
    .regex(
      /^(sha256:)?[0-9a-f]{64}$/,
      'the SHA-256 of the token in 64 hex digits, as `portcullis token new` prints it',
    )
    .transform((hex) => hex.replace(/^sha256:/, '')),
});

const Limits = z.strictObject({
  document: size('100MB').describe('Bytes of a document after decompression.'),
  yaml: size('256KiB').describe(
    'Bytes of a YAML document that the gate takes; parsing it holds up everything else. `portcullis check` takes 4 MiB.',
  ),
  review: size('10MB').describe('Bytes of an AdmissionReview.'),
  depth: count(128, 1, 512).describe('Nested arrays and objects.'),
  members: count(5_000_000).describe('Object members plus list elements in a document.'),
  buffered: size('512MB').describe('Bytes of all request bodies held at one time.'),
});

const Server = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  port: z.int().min(0).max(65535).default(8181).describe('0 picks a free one.'),
  tls: z
    .strictObject({ cert: z.string().min(1), key: z.string().min(1) })
    .optional()
    .describe('PEM files.'),
  limits: Limits.prefault({}),
  maxConcurrent: count(8, 1, 1024).describe('Decisions in the making at one time.'),
  queue: count(256, 0, 65536).describe(
    'Requests that may wait for their turn; beyond, the answer is 503.',
  ),
  deadline: duration('30s').describe('For one decision; what is not answered by then is 503.'),
  headersTimeout: duration('10s').describe('For the head of a request to arrive.'),
  requestTimeout: duration('60s').describe('For a whole request to arrive.'),
  drainDelay: duration('0s', 0).describe('Between "not ready" and the closed door when stopping.'),
  drain: duration('15s').describe('For requests under way to finish when stopping.'),
});

const Auth = z.strictObject({
  tokens: z.array(Token).max(1000).default([]),
  anonymousAdmission: z
    .boolean()
    .default(false)
    .describe(
      'The admission door answers callers without a token: most API servers cannot send one. Everything else still asks for it.',
    ),
});

const Engine = z.strictObject({
  workers: count(Math.max(2, Math.min(8, availableParallelism())), 1, 64).meta({ default: 2 }),
  deadline: duration('10s').describe('For the policies of one decision.'),
  memory: size('256MiB').describe('Most memory of one policy evaluation.'),
});

/** How long something is kept, in milliseconds; absent for ever. */
const Days = z
  .int()
  .min(1)
  .max(100_000)
  .transform((days) => days * 24 * 60 * 60 * 1000)
  .optional();

const Instant = z.iso
  .datetime({ offset: true })
  .transform((time) => new Date(time).toISOString())
  .optional();

const LegalHold = z
  .strictObject({
    id: z.string().min(1).optional().describe('Of a decision, or of an event.'),
    subject: z.string().min(1).optional().describe('Who asked, or what it is about.'),
    since: Instant,
    until: Instant,
    reason: z.string().min(1).describe('For whoever reads the configuration.'),
  })
  .refine(
    ({ id, subject, since, until }) => (id ?? subject ?? since ?? until) !== undefined,
    'says what it holds: id, subject, since or until',
  );

const Retention = z.strictObject({
  decisions: Days.describe(
    'Days that the body of a decision is kept; without a word, for ever. That it was made, and every proof of it, stays.',
  ),
  inputs: Days.describe('Days that what was judged is kept, where it is kept at all.'),
  holds: z
    .array(LegalHold)
    .max(1000)
    .default([])
    .describe('Records whose bodies neither age out nor can be erased.'),
});

const Export = z
  .strictObject({
    to: z
      .string()
      .min(1)
      .refine(
        (to) => !isAddress(to) || parseBucket(to) !== undefined,
        'a folder, or s3://bucket/prefix',
      )
      .describe('A folder, or s3://bucket/prefix: what was exported there before is continued.'),
    every: duration('1h', 60_000).describe('One is made at start, too.'),
    region: z.string().min(1).optional().describe('Of the bucket; without a word, AWS_REGION.'),
    endpoint: z
      .url({ protocol: /^https?$/, error: 'an address such as https://storage.example.com' })
      .optional()
      .describe('Of an object storage that speaks S3 and is not that of Amazon.'),
  })
  .refine(
    ({ to, region, endpoint }) => isAddress(to) || (region ?? endpoint) === undefined,
    'region and endpoint are for s3://',
  );

const Ledger = z.strictObject({
  deadline: duration('2s').describe('For a record to be durable; otherwise the answer is 503.'),
  queue: count(1024).describe('Records that may wait to be written.'),
  inputs: z
    .enum(['off', 'redacted'])
    .default('off')
    .describe(
      'Whether what the gate judged is kept in normal form, without secrets, so that decisions can be replayed. It takes about as much room as the documents.',
    ),
  origin: z
    .string()
    .refine(isKeyName, 'no white space, no plus, and 255 characters at most')
    .optional()
    .describe(
      'The name of the log, for good: a URL without its scheme. Without a word, that of the key, or portcullis.local/ledger.',
    ),
  key: z
    .string()
    .min(1)
    .optional()
    .describe(
      'The secret key that signs the log, for replicas that share a ledger; without a word, ledger.key in the data folder. Set it by PORTCULLIS_LEDGER__KEY.',
    ),
  retention: Retention.prefault({}),
  export: Export.optional().describe(
    'Where the log goes by itself, for others to verify; without a word, nowhere. A gate does it while it runs.',
  ),
});

const Store = z.strictObject({
  url: z
    .string()
    .regex(/^postgres(?:ql)?:\/\/\S+$/, 'postgresql://user@host:5432/database')
    .optional()
    .describe(
      'A PostgreSQL database that replicas share; without a word, a file in the data folder. It may hold a password: set it by PORTCULLIS_STORE__URL.',
    ),
});

const Log = z.strictObject({
  level: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  format: z
    .enum(['text', 'json'])
    .default('text')
    .describe('Of what is printed on stdout when ready. Logs on stderr are JSON always.'),
});

/** The configuration as it is written; every key is optional, and a key that is not here is an error. */
export const ConfigSchema = z
  .strictObject({
    server: Server.prefault({}),
    auth: Auth.prefault({}),
    policies: z
      .strictObject({
        folders: z
          .array(z.string().min(1))
          .min(1)
          .default([`${SHIPPED}policies`])
          .meta({ default: ['policies'] }),
        cache: z
          .string()
          .min(1)
          .optional()
          .describe(
            'Folder of compiled policies, to be kept between runs; without a word, one in the data folder.',
          ),
      })
      .prefault({})
      .describe('Folders of policies; without a word, the ones that come with Portcullis.'),
    rules: z
      .strictObject({
        folders: z
          .array(z.string().min(1))
          .min(1)
          .default([`${SHIPPED}rules`])
          .meta({ default: ['rules'] }),
      })
      .prefault({})
      .describe('Folders of rules; without a word, the ones that come with Portcullis.'),
    exemptions: z
      .strictObject({ folders: z.array(z.string().min(1)).default([]) })
      .prefault({})
      .describe('Folders of exemptions: violations that are borne for a while.'),
    data: z
      .string()
      .min(1)
      .default('.portcullis')
      .describe('Folder for the ledger and compiled policies.'),
    engine: Engine.prefault({}),
    ledger: Ledger.prefault({}),
    store: Store.prefault({}).describe('Where the ledger, sweeps, findings and repairs are kept.'),
    inventories: z
      .array(InventorySettings)
      .max(1000)
      .default([])
      .describe('The places that tell what exists. Reading them changes nothing.'),
    sweeps: SweepSettings.default([]).describe('What is swept when, and by which name.'),
    repairs: RepairSettings.prefault({}).describe('Whether anything may be written to a cloud.'),
    log: Log.prefault({}),
  })
  .meta({ id: 'Configuration', title: 'portcullis.yaml' });

/** The configuration in force: sizes in bytes, durations in milliseconds, folders absolute, frozen. */
export type Config = DeepReadonly<Omit<Written, Handed>> & Readonly<Pick<Written, Handed>>;

type Written = z.output<typeof ConfigSchema>;
/** What is handed on whole to rooms that have names for it; frozen like the rest. */
type Handed = 'inventories' | 'sweeps' | 'repairs';

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
