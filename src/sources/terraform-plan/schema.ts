import { z } from 'zod';

import { isRecord } from '../../kit/record.ts';

/**
 * The parts of `terraform show -json PLANFILE` that are read. Everything else is let through unseen: minor versions
 * of the format add keys. Source: developer.hashicorp.com/terraform/internals/json-format, and OpenTofu's jsonplan.
 */

/** Checked to be an object and handed on as it is: a copy of every attribute would cost more than the parse. */
const Attributes = z.custom<Record<string, unknown>>(isRecord, 'expected an object');

const Change = z.object({
  actions: z.array(z.string()),
  before: Attributes.nullish(),
  after: Attributes.nullish(),
  /** `true` at what is not known until apply, in the shape of `after`. */
  after_unknown: z.unknown().optional(),
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
  importing: Attributes.nullish(),
});

const ResourceChange = z.object({
  address: z.string().min(1),
  previous_address: z.string().optional(),
  module_address: z.string().optional(),
  /** Missing in plans that were made by hand. */
  mode: z.enum(['managed', 'data']).default('managed'),
  type: z.string().min(1),
  name: z.string(),
  index: z.union([z.number(), z.string()]).optional(),
  provider_name: z.string().default(''),
  deposed: z.string().optional(),
  change: Change,
});
export type ResourceChange = z.infer<typeof ResourceChange>;

const DeferredChange = z.object({ reason: z.string(), resource_change: ResourceChange });

/** A block of the code: one entry whatever its count; `expressions` are read by expression.ts. */
const ConfigResource = z.object({
  mode: z.enum(['managed', 'data']).default('managed'),
  type: z.string(),
  name: z.string(),
  provider_config_key: z.string().optional(),
  expressions: z.unknown().optional(),
  for_each_expression: z.unknown().optional(),
  count_expression: z.unknown().optional(),
});
export type ConfigResource = z.infer<typeof ConfigResource>;

const ConfigModule = z.object({
  resources: z.array(ConfigResource).default([]),
  get module_calls() {
    return z.record(z.string(), ModuleCall).default({});
  },
  outputs: z
    .record(
      z.string(),
      z.object({ sensitive: z.boolean().optional(), expression: z.unknown().optional() }),
    )
    .default({}),
  variables: z
    .record(
      z.string(),
      z.object({ sensitive: z.boolean().optional(), default: z.unknown().optional() }),
    )
    .default({}),
});
export type ConfigModule = z.infer<typeof ConfigModule>;

const ModuleCall = z.object({
  expressions: z.unknown().optional(),
  for_each_expression: z.unknown().optional(),
  count_expression: z.unknown().optional(),
  source: z.string().optional(),
  get module() {
    return ConfigModule.optional();
  },
});
export type ModuleCall = z.infer<typeof ModuleCall>;

const ProviderConfig = z.object({
  name: z.string(),
  full_name: z.string().optional(),
  module_address: z.string().optional(),
  expressions: Attributes.optional(),
});
export type ProviderConfig = z.infer<typeof ProviderConfig>;

const Check = z.object({
  address: z.object({ to_display: z.string() }),
  status: z.string(),
});

/** Only what is needed to know which values must not be shown. */
const OutputChange = z.object({
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
});

const PlannedValues = z.object({
  outputs: z
    .record(
      z.string(),
      z.object({ sensitive: z.boolean().optional(), value: z.unknown().optional() }),
    )
    .optional()
    .catch(undefined),
});

export const TerraformPlan = z.object({
  format_version: z.string(),
  applyable: z.boolean().optional(),
  complete: z.boolean().optional(),
  errored: z.boolean().optional(),
  variables: z.record(z.string(), z.object({ value: z.unknown().optional() })).default({}),
  planned_values: PlannedValues.optional().catch(undefined),
  output_changes: z.record(z.string(), OutputChange).default({}).catch({}),
  resource_changes: z.array(ResourceChange).default([]),
  resource_drift: z
    .array(z.object({ address: z.string(), change: z.object({ actions: z.array(z.string()) }) }))
    .default([]),
  deferred_changes: z.array(DeferredChange).default([]),
  relevant_attributes: z.array(z.object({ resource: z.string() })).default([]),
  action_invocations: z.array(z.object({ address: z.string(), type: z.string() })).default([]),
  deferred_action_invocations: z.array(z.unknown()).default([]),
  checks: z.array(Check).default([]),
  configuration: z
    .object({
      provider_config: z.record(z.string(), ProviderConfig).default({}),
      root_module: ConfigModule.optional(),
    })
    .optional(),
});
export type TerraformPlan = z.infer<typeof TerraformPlan>;
