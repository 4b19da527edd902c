import { z } from 'zod';

import { isRecord } from '../../kit/record.ts';
import { bytes, InventoryName, Paths } from '../files/settings.ts';

export const TerraformStateSettings = z.strictObject({
  type: z.literal('terraform-state'),
  name: InventoryName,
  paths: Paths,
  maxSize: bytes('64MiB').describe('Of one state file.'),
});
export type TerraformStateSettings = z.infer<typeof TerraformStateSettings>;

/** Handed on as it is: a copy of every attribute would cost more than the parse. */
const Attributes = z.custom<Record<string, unknown>>(isRecord, 'expected an object');

/** One step of a path, as Terraform writes it: `{"type": "get_attr", "value": "password"}`. */
const PathStep = z.object({ type: z.string(), value: z.unknown() });
export type PathStep = z.infer<typeof PathStep>;

/**
 * A state as Terraform and OpenTofu store it, version 4. What is not read (outputs, `private`, lock info, dependencies) never
 * leaves the parser. Source: internal/states/statefile/version4.go of both.
 */
export const StateV4 = z.object({
  resources: z
    .array(
      z.object({
        module: z.string().optional(),
        mode: z.string(),
        type: z.string().min(1),
        name: z.string().min(1),
        provider: z.string().default(''),
        instances: z.array(
          z.object({
            index_key: z.union([z.number(), z.string()]).nullish(),
            deposed: z.string().optional(),
            attributes: Attributes.nullish(),
            sensitive_attributes: z.array(z.array(PathStep)).nullish(),
          }),
        ),
      }),
    )
    .nullish(),
});
export type StateV4 = z.infer<typeof StateV4>;

const ShownResource = z.object({
  address: z.string().min(1),
  mode: z.string(),
  type: z.string().min(1),
  provider_name: z.string().default(''),
  deposed_key: z.string().optional(),
  values: Attributes.nullish(),
  sensitive_values: z.unknown().optional(),
});
export type ShownResource = z.infer<typeof ShownResource>;

const ShownModule = z.object({
  address: z.string().optional(),
  resources: z.array(ShownResource).default([]),
  get child_modules() {
    return z.array(ShownModule).optional();
  },
});
export type ShownModule = z.infer<typeof ShownModule>;

/** What `terraform show -json` prints of a state. A state without anything has no `values`. */
export const ShownState = z.object({
  values: z.object({ root_module: ShownModule.optional() }).optional(),
});
