import { z } from 'zod';

import { Severity } from './point.ts';
import { Action } from './resource.ts';

/** What a policy serves: the control of a framework, as its publisher numbers it. */
const Control = z.strictObject({
  framework: z.string(),
  control: z.string(),
  url: z.url().optional(),
});

/**
 * The `custom` block of a policy's METADATA comment. It is checked when policies are built: a policy whose metadata
 * does not fit is refused, so a typing error never switches a policy off.
 */
export const PolicyMetadata = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$/, 'looks like PC-TAG-001')
    .describe('An id for life.'),
  severity: Severity,
  kinds: z.array(z.string()).min(1).describe('Globs over kinds that it judges: aws.s3.*, or *.'),
  related: z.array(z.string()).default([]).describe('Globs over kinds that it reads besides.'),
  actions: z
    .array(Action)
    .min(1)
    .default(['create', 'update', 'replace', 'none', 'present'])
    .describe('The actions it judges; without a word, everything that will exist afterwards.'),
  requires: z
    .array(z.string())
    .default([])
    .describe(
      'Paths that a resource must have (a value, or unknown) for the policy to apply: facts.taggable.',
    ),
  reads: z
    .array(z.string())
    .min(1)
    .describe(
      'Paths of a resource that the policy reads; it is handed nothing else besides address, kind, type, provider and action. ' +
        'tags.{keys} stands for one path for each entry of the parameter `keys`, containers[*] for every element of the list.',
    ),
  perPath: z
    .boolean()
    .default(false)
    .describe(
      'Each violation hangs on its own path alone, so it stands while another path is unknown.',
    ),
  wholeSet: z
    .boolean()
    .default(false)
    .describe(
      'It judges the resources of a document as a whole, so they are never split over several evaluations.',
    ),
  parameters: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .default({})
    .describe('A JSON Schema for each parameter, with its default.'),
  remedy: z.string().min(1).describe('How to mend a violation, in a sentence.'),
  controls: z.array(Control).default([]),
  deprecated: z.string().optional().describe('Why it is retired, and what to use in its place.'),
});
export type PolicyMetadata = z.infer<typeof PolicyMetadata>;

/** A policy as the gate knows it: its metadata, where it stands in the compiled set, and where its page is. */
export interface Policy extends PolicyMetadata {
  readonly title: string;
  readonly description: string;
  /** `policies.tagging.required`, the Rego package. */
  readonly package: string;
  /** `policies/tagging/required/violations`, the entrypoint in the compiled set. */
  readonly entrypoint: string;
  /** `policies/tagging/required`, the folder, relative to the root of the policy set. */
  readonly folder: string;
}
