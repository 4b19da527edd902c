import { z } from 'zod';

import { FACTS } from '../../catalogue/facts.ts';
import { bytes, InventoryName, Paths } from '../files/settings.ts';

export const JsonLinesSettings = z.strictObject({
  type: z.literal('json-lines'),
  name: InventoryName,
  paths: Paths.optional().describe(
    'Files that are read at every sweep. Without it, the last push to /v1/inventories/{name} counts.',
  ),
  maxSize: bytes('256MiB').describe('Of one file.'),
  empty: z
    .boolean()
    .default(false)
    .describe(
      'True where there may be nothing. Without it, a file or a push without a line is taken for an export that failed, and nothing counts as gone.',
    ),
});
export type JsonLinesSettings = z.infer<typeof JsonLinesSettings>;

/** Printable, and not blank at its ends: what is shown of an id is the id. */
const Text = z
  .string()
  .max(1024)
  .regex(/^[^\p{Cc}\s](?:[^\p{Cc}]*[^\p{Cc}\s])?$/u, 'printable text without blanks at its ends');

const TypeName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,254}$/, 'letters, digits and . _ : / -, at most 255');

const Time = z.iso.datetime({ offset: true, error: 'a time such as 2026-11-25T08:00:00Z' });

const VALUES = { boolean: z.boolean(), string: z.string().max(1024), number: z.number() } as const;

const Facts = z.strictObject(
  Object.fromEntries(
    Object.entries(FACTS).map(([name, { type, says }]) => [
      name,
      VALUES[type].optional().describe(says),
    ]),
  ),
);

const Creator = z.union([
  Text.transform((name) => ({ name })),
  z.strictObject({ name: Text, role: Text.optional(), event: Text.optional() }),
]);

/** One line of an inventory: one thing that exists, as somebody who knows the system tells it. */
export const InventoryLine = z
  .strictObject({
    id: Text.describe('Unique in this inventory, and the same in every sweep.'),
    kind: TypeName.optional().describe(
      'The kind in the catalogue, or a kind of your own (mainframe.dataset), by which rules match. Without it: the type.',
    ),
    type: TypeName.optional().describe('What the system itself calls it. Without it: the kind.'),
    provider: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower case letters, digits and dash, at most 63')
      .describe('Which system it belongs to: mainframe, vmware, aws.'),
    account: Text.optional(),
    region: Text.optional(),
    scope: z
      .record(z.string().regex(/^[a-z][A-Za-z0-9]{0,31}$/, 'a word such as datacenter'), Text)
      .refine((scope) => Object.keys(scope).length <= 16, 'at most 16 members')
      .optional()
      .describe('Where else it is: {"datacenter": "ffm2"}.'),
    tags: z
      .record(z.string().min(1).max(512), z.string().max(4096))
      .refine((tags) => Object.keys(tags).length <= 500, 'at most 500 tags')
      .nullable()
      .describe('null: they could not be read, which is not the same as having none ({}).'),
    facts: Facts.optional().describe(
      'What is known of it in the words of the catalogue. What is left out is not known.',
    ),
    config: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('Anything else, for policies that are written for it.'),
    sensitive: z
      .array(z.string().min(1).max(1024))
      .max(1000)
      .optional()
      .describe('Paths in config whose values are shown nowhere: ["admin.password"].'),
    createdAt: Time.optional(),
    createdBy: Creator.optional().describe('Who made it: a name, or {name, role, event}.'),
    parent: Text.optional().describe('The id, in this inventory, of what it stands in.'),
    managedBy: z
      .strictObject({
        tool: z.enum([
          'terraform',
          'cloudformation',
          'kubernetes-controller',
          'azure-managed',
          'other',
        ]),
        name: z.string().max(1024).default(''),
      })
      .optional()
      .describe('The tool that made it and will undo what others change.'),
    capturedAt: Time.optional().describe('When this was true. Without it: when it was pushed.'),
  })
  .refine(({ kind, type }) => kind !== undefined || type !== undefined, {
    message: 'a kind or a type is missing',
    path: ['kind'],
  })
  .meta({ anyOf: [{ required: ['kind'] }, { required: ['type'] }] });
export type InventoryLine = z.infer<typeof InventoryLine>;
