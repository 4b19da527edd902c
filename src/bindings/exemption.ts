import { z } from 'zod';

import { canonicalJson } from '../kit/canonical-json.ts';
import { sha256 } from '../kit/digest.ts';
import type { ExemptedBy } from '../model/exemption.ts';
import { Point } from '../model/point.ts';
import { selects } from './match.ts';
import type { Selected } from './match.ts';
import { Globs, Selector } from './rule.ts';

const Time = z.iso.datetime({
  offset: true,
  error: 'a time with its zone, such as 2026-12-31T18:00:00Z',
});

/** One entry of exemptions/*.yaml as it is written. */
export const ExemptionDocument = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/, 'looks like EX-2026-014'),
  rules: Globs.optional().describe('Globs over ids of rules.'),
  policies: z.array(z.string()).min(1).optional().describe('Ids of policies.'),
  match: Selector.optional().describe('Which resources; without a word, all that the rules judge.'),
  points: z.array(Point).min(1).optional().describe('Where it counts; without a word, everywhere.'),
  reason: z.string().trim().min(1).max(2000),
  ticket: z.string().trim().min(1).max(512).optional(),
  owner: z.string().trim().min(1).max(256).describe('Who mends it before the end.'),
  approvedBy: z
    .array(z.string().trim().min(1).max(256))
    .min(1)
    .max(20)
    .optional()
    .describe('Who said yes. Rules that are protected take two different people.'),
  from: Time.optional(),
  until: Time.describe('The first moment at which it counts no more: none is for ever.'),
});
export type ExemptionDocument = z.infer<typeof ExemptionDocument>;

/** A file of exemptions. */
export const ExemptionFile = z.strictObject({ exemptions: z.array(ExemptionDocument) });

/** Somebody bears violations of some rules for a while. */
export interface Exemption {
  readonly id: string;
  /** Ids of the rules that it is for. */
  readonly rules: ReadonlySet<string>;
  readonly match: Selector;
  readonly points: readonly Point[];
  readonly reason: string;
  /** Who mends it before the end. */
  readonly owner: string;
  readonly ticket?: string;
  readonly approvedBy: readonly string[];
  readonly from: Date | undefined;
  readonly until: Date;
  /** Where it is written down: `exemptions/shop.yaml:3`, or `the store`. */
  readonly where: string;
}

/** All that were read, the ended ones too. Whoever judges by it looks at the clock. */
export interface ExemptionSet {
  /** SHA-256 over the canonical form of every exemption. */
  readonly digest: string;
  readonly exemptions: readonly Exemption[];
  readonly ofRule: ReadonlyMap<string, readonly Exemption[]>;
}

/** Exemptions with the digest that decisions name: over what they say, not over where they stand. */
export function exemptionSet(exemptions: readonly Exemption[]): ExemptionSet {
  const content = exemptions.map(({ where: _, rules, from, until, ...said }) =>
    canonicalJson({
      ...said,
      rules: [...rules].sort(),
      from: from?.toISOString(),
      until: until.toISOString(),
    }),
  );
  const ofRule = new Map<string, Exemption[]>();
  for (const one of exemptions)
    for (const rule of one.rules) ofRule.set(rule, [...(ofRule.get(rule) ?? []), one]);
  return { digest: sha256(content.sort().join('\n')), exemptions, ofRule };
}

/** What a verdict tells of the exemption that bears it. */
export function exemptedBy({ id, until, owner, reason, ticket }: Exemption): ExemptedBy {
  const told = { id, until: until.toISOString(), owner, reason };
  return ticket === undefined ? told : { ...told, ticket };
}

/** When an exemption counts: from its beginning until just before its end. */
export type Phase = 'not yet' | 'in force' | 'ended';

export function phaseOf({ from, until }: Exemption, now: Date): Phase {
  if (now >= until) return 'ended';
  return from !== undefined && now < from ? 'not yet' : 'in force';
}

/**
 * True when an exemption is for a rule's violation by a resource, whenever it counts. The opposite leaning of a rule's
 * `match`: what is not known for certain is not exempt.
 */
export function covers(
  exemption: Exemption,
  violation: { readonly rule: string; readonly resource: Selected; readonly point: Point },
): boolean {
  const { rule, resource, point } = violation;
  return (
    exemption.rules.has(rule) &&
    exemption.points.includes(point) &&
    selects(exemption.match, resource)
  );
}
