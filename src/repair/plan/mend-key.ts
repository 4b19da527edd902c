import type { PastRepair, RepairSubject, TaggerLimits } from './input.ts';
import { flapping } from './flapping.ts';
import type { RefusalCode, RepairPlan } from './model.ts';
import { isFilled, isSameTag, isUnknown, otherSpellings, valueOf } from './tags.ts';
import type { Tags } from './tags.ts';
import { aliasesOf, seekValue } from './values.ts';
import type { Sought } from './values.ts';
import type { MendingRule } from './wishes.ts';

type Change = RepairPlan['changes'][number];

/** What becomes of one tag of one resource. */
export type MendedKey =
  | ({ readonly ok: true } & Pick<Change, 'set' | 'remove' | 'watch'>)
  | { readonly ok: false; readonly code: RefusalCode; readonly message: string };

/** Everything that decides about one tag. */
interface KeyCase {
  readonly key: string;
  readonly rules: readonly MendingRule[];
  readonly subject: RepairSubject;
  readonly cloud: TaggerLimits;
  readonly current: string | undefined;
  /** Other spellings of the key on the resource. */
  readonly others: readonly string[];
}

/** Plans one tag: a value with its origin, or the reason why a machine must not touch it. */
export function mendKey(
  key: string,
  rules: readonly MendingRule[],
  subject: RepairSubject,
  cloud: TaggerLimits,
  past: readonly PastRepair[],
  now: Date,
): MendedKey {
  const { resource } = subject;
  if (isUnknown(resource, key)) return refuse('tags-unknown', `the tags could not be read`);
  const fight = flapping(past, subject.managedBy, now);
  if (fight !== undefined) return refuse('flapping', `${key}: ${fight}`);
  const others = spellingsFor(rules, resource.tags, key);
  const same = others.find((other) => isSameTag(cloud, other, key));
  if (same !== undefined)
    return refuse(
      'same-tag',
      `${JSON.stringify(same)} and ${JSON.stringify(key)} are one tag to this cloud: its case can only be mended by taking it away first, which could lose its value`,
    );
  return decide({ key, rules, subject, cloud, current: valueOf(resource.tags, key), others });
}

function decide(one: KeyCase): MendedKey {
  const { key, rules, current } = one;
  const seekers = rules.filter(({ repair }) => !isFilled(current) || repair.overwrite);
  const answers = seekers.map(({ repair }) => seekValue(repair.values, key, one.subject));
  const veto = answers.find((answer) => answer.found === 'refusal' && answer.code !== 'no-value');
  if (veto?.found === 'refusal') return refuse(veto.code, veto.message);
  const values = withoutTranslated(answers.filter((answer) => answer.found === 'value'));
  if (new Set(values.map(({ value }) => value)).size > 1)
    return refuse(
      'rules-disagree',
      `the rules disagree about ${key}: ${values.map(({ value, source }) => `${JSON.stringify(value)} from ${source.kind} ${source.from}`).join(', ')}`,
    );
  const [value] = values;
  if (value !== undefined) return write(one, value);
  const [nobody] = answers;
  if (nobody?.found === 'refusal') return refuse(nobody.code, nobody.message);
  return tidy(one);
}

type Found = Sought & { readonly found: 'value' };

/** Where one rule says what a tag means and another only how its key is spelt, the same tag does not contradict itself. */
function withoutTranslated(values: readonly Found[]): readonly Found[] {
  const translated = new Set(
    values.filter(({ source }) => source.kind === 'map').map(({ reads }) => reads),
  );
  return values.filter(({ source, reads }) => source.kind !== 'spelling' || !translated.has(reads));
}

/** A value was found: spelt as the cloud stores it, checked against what it takes, and against what stands there. */
function write(one: KeyCase, { value, source, reads }: Found): MendedKey {
  const { limits } = one.cloud;
  const spelt = limits.spell(one.key, value);
  const refused = refusedByCloud(limits.refuses(spelt.key, spelt.value), spelt);
  if (refused !== undefined) return refuse('reserved', refused);
  const before = valueOf(one.subject.resource.tags, spelt.key);
  if (before === spelt.value) return tidy(one);
  // The cloud's own spelling of the key may hold a value that nobody allowed to be replaced.
  if (isFilled(before) && spelt.key !== one.key)
    return refuse(
      'would-overwrite',
      `${spelt.key} = ${JSON.stringify(before)} stands there already`,
    );
  const conflict = disagreement(one, spelt.value, reads);
  if (conflict !== undefined) return conflict;
  return {
    ok: true,
    set: Object.fromEntries([[spelt.key, { before: before ?? null, after: spelt.value, source }]]),
    remove: removals(one),
    watch: reads === undefined ? [] : [reads],
  };
}

function refusedByCloud(
  why: string | undefined,
  { key, value }: { key: string; value: string },
): string | undefined {
  if (why !== undefined) return `${key} = ${JSON.stringify(value)} cannot be written: ${why}`;
  return value.trim() === ''
    ? `nothing is left of the value for ${key} in this cloud's alphabet`
    : undefined;
}

/** The value stands; what is left is the other spellings, which go only where a rule says so. */
function tidy(one: KeyCase): MendedKey {
  const { key, current, others } = one;
  if (!isFilled(current) || others.length === 0)
    return refuse(
      'would-overwrite',
      `${key} = ${JSON.stringify(current ?? '')} stands there, and replacing it needs overwrite: true`,
    );
  const conflict = disagreement(one, current);
  if (conflict !== undefined) return conflict;
  const remove = removals(one);
  if (Object.keys(remove).length > 0) return { ok: true, set: {}, remove, watch: [] };
  return refuse(
    'kept-by-rule',
    `${others.join(', ')} stays beside ${key}: the rule does not say replace`,
  );
}

/**
 * Another spelling with another value: two people said two things, and neither is taken for a mistake.
 *
 * @param translated the key that a table was asked about: it says the same in other words.
 */
function disagreement(
  { key, cloud, subject, others }: KeyCase,
  value: string,
  translated?: string,
): MendedKey | undefined {
  const { tags } = subject.resource;
  const spelt = (text: string): string => cloud.limits.spell(key, text.trim()).value;
  const against = others.filter((other) => {
    const said = valueOf(tags, other);
    return other !== translated && isFilled(said) && spelt(said) !== spelt(value);
  });
  if (against.length === 0) return undefined;
  const said = against.map(
    (other) => `${JSON.stringify(other)} = ${JSON.stringify(valueOf(tags, other))}`,
  );
  return refuse(
    'spellings-disagree',
    `two spellings disagree: ${said.join(', ')}, and ${JSON.stringify(key)} = ${JSON.stringify(value)}`,
  );
}

/** Only what a rule that says replace takes for the same key itself: another rule's alias may be a tag of its own. */
function removals({ key, rules, subject }: KeyCase): Change['remove'] {
  const { tags } = subject.resource;
  const replacing = rules.filter(({ repair }) => repair.replace);
  const misspelt = replacing.length === 0 ? [] : spellingsFor(replacing, tags, key);
  return Object.fromEntries(
    misspelt.map((other) => [other, { before: valueOf(tags, other) ?? '' }]),
  );
}

function spellingsFor(rules: readonly MendingRule[], tags: Tags, key: string): readonly string[] {
  const aliases = rules.flatMap(({ repair }) =>
    repair.values.flatMap((source) => aliasesOf(source, key)),
  );
  return otherSpellings(tags, key, aliases);
}

function refuse(code: RefusalCode, message: string): MendedKey & { readonly ok: false } {
  return { ok: false, code, message };
}
