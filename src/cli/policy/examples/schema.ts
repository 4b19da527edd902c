import { z } from 'zod';

import { parseYaml } from '../../../kit/yaml.ts';
import type { ParsedYaml } from '../../../kit/yaml.ts';
import { Point } from '../../../model/point.ts';
import { Resource } from '../../../model/resource.ts';

/** A resource of an example: its kind and what matters for the policy; `completeResource` adds the rest. */
const PartialResource = z.strictObject({
  ...z.object(Resource.shape).partial().shape,
  kind: Resource.shape.kind,
});
export type PartialResource = z.infer<typeof PartialResource>;

const Example = z.strictObject({
  name: z.string().min(1),
  parameters: z.record(z.string(), z.unknown()).optional(),
  point: Point.default('pre-apply'),
  context: z.record(z.string(), z.unknown()).default({}),
  now: z.iso.datetime().default('2026-01-01T00:00:00.000Z'),
  resources: z.array(PartialResource).min(1),
});
export type Example = z.infer<typeof Example>;

const ExpectedViolation = z.strictObject({
  address: z.string(),
  path: z.string(),
  /** A part of the message. */
  message: z.string().optional(),
});
export type ExpectedViolation = z.infer<typeof ExpectedViolation>;

const BadExample = Example.extend({ violations: z.array(ExpectedViolation).min(1) });
export type BadExample = z.infer<typeof BadExample>;

/** `examples.yaml`: what a policy must say of resources, as tests and as documentation. */
export const Examples = z.strictObject({
  good: z.array(Example).min(1).describe('The policy looks at these and says nothing.'),
  bad: z.array(BadExample).min(1).describe('It finds exactly these violations.'),
  unknown: z.array(Example).default([]).describe('It cannot tell yet.'),
  'not-applicable': z.array(Example).default([]).describe('It does not look at these.'),
});
export type Examples = z.infer<typeof Examples>;

/** The order in which they are run and reported. */
export const SECTIONS = [
  'good',
  'bad',
  'unknown',
  'not-applicable',
] as const satisfies readonly (keyof Examples)[];
export type Section = (typeof SECTIONS)[number];

/** YAML text -> examples, or every problem with file and line. */
export function parseExamples(text: string, file: string): ParsedYaml<Examples> {
  return parseYaml(Examples, text, file);
}

/** The resource with everything that an example may leave out. */
export function completeResource(partial: PartialResource, index: number): Resource {
  const provider = partial.kind.split('.', 1)[0] ?? partial.kind;
  return Resource.parse({
    address: `example.${index}`,
    type: partial.kind,
    provider,
    action: 'create',
    scope: {},
    tags: {},
    facts: {},
    config: {},
    unknown: [],
    sensitive: [],
    ...partial,
  });
}
