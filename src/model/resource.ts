import { z } from 'zod';

export const ACTIONS = [
  'create',
  'update',
  'replace',
  'delete',
  'forget',
  'read',
  'connect',
  'none',
  'present',
] as const;

/**
 * What is about to happen to a resource. `none`: it stays as it is; `forget`: code lets go of it, it lives on;
 * `connect`: somebody opens a session into it; `present`: it exists and was found by a sweep.
 */
export const Action = z.enum(ACTIONS);
export type Action = z.infer<typeof Action>;

export const Location = z.object({
  file: z.string(),
  line: z.int().min(1),
  column: z.int().min(1).optional(),
});
export type Location = z.infer<typeof Location>;

const Attributes = z.record(z.string(), z.unknown());

/** The normal form of one thing to be judged, whatever document it came from. */
export const Resource = z
  .object({
    address: z.string().describe('Unique in its document; opaque, never split.'),
    kind: z
      .string()
      .describe('Catalogue name, aws.s3.bucket; the native type where the catalogue has none.'),
    type: z.string().describe('The document’s own word: aws_s3_bucket, Pod.'),
    provider: z.string().describe('aws, azure, gcp, kubernetes, …'),
    action: Action,
    scope: z
      .record(z.string(), z.string())
      .describe(
        'Where it lives: account, region, project, subscription, namespace, cluster, module, …',
      ),
    tags: z
      .record(z.string(), z.string())
      .describe(
        'Effective tags: provider defaults, labels, tag lists and key-value lists resolved.',
      ),
    facts: z
      .record(z.string(), z.union([z.boolean(), z.string(), z.number()]))
      .describe('Cross-cloud properties that the catalogue derives.'),
    config: Attributes.describe('The document’s own attributes, as planned.'),
    before: Attributes.optional().describe('The attributes before the change.'),
    unknown: z
      .array(z.string())
      .describe(
        'Paths not known yet: tags.owner, config.kms_key_id, facts.public; `tags`: none of them known.',
      ),
    sensitive: z.array(z.string()).describe('Paths to redact everywhere.'),
    location: Location.optional(),
    previousAddress: z.string().optional().describe('Where it was known before a move.'),
    imported: z
      .boolean()
      .optional()
      .describe('It existed before and comes under management with this change.'),
  })
  .meta({ id: 'Resource', title: 'Resource' });
export type Resource = z.infer<typeof Resource>;
