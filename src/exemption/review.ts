import type { Selector } from '../bindings/rule.ts';
import type { Point } from '../model/point.ts';

/** An exemption as whoever keeps house looks at it; one of a file or of the store, it makes no difference. */
export interface ReviewedExemption {
  readonly id: string;
  /** `exemptions/shop.yaml:3`, or `the store`. */
  readonly where: string;
  /** Ids of the rules that it is for; none when what it names is not there any more. */
  readonly rules: readonly string[];
  readonly match: Selector;
  readonly points: readonly Point[];
  readonly reason: string;
  readonly owner: string;
  readonly ticket?: string;
  readonly approvedBy: readonly string[];
  /** RFC 3339 */
  readonly from?: string;
  readonly until: string;
  /** Absent when no use is known. */
  readonly lastUsed?: string;
  readonly uses: number;
  /** Since when it could have been used: uses before this are not known. */
  readonly since?: string;
}

/** Why somebody should look at an exemption. */
export const REMARK_CODES = [
  'expired',
  'ends-in-1-day',
  'ends-in-7-days',
  'ends-in-30-days',
  'names-no-rule',
  'too-broad',
  'unused',
] as const;
export type RemarkCode = (typeof REMARK_CODES)[number];

export interface Remark {
  readonly code: RemarkCode;
  readonly exemption: ReviewedExemption;
  /** One sentence with what to do. */
  readonly message: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Days without a use after which an exemption is worth a question. */
export const UNUSED_DAYS = 30;

/**
 * What there is to tidy up, the most urgent first: exemptions that ended, that end soon, that nothing uses, or that bear
 * more than anybody can mean. Pure.
 *
 * @param options.unusedDays days without a use; 30 without a word.
 */
export function reviewExemptions(
  exemptions: readonly ReviewedExemption[],
  options: { readonly now: Date; readonly unusedDays?: number },
): readonly Remark[] {
  const { now, unusedDays = UNUSED_DAYS } = options;
  const remarks = exemptions.flatMap((exemption): Remark[] => {
    const ending = endOf(exemption, now);
    if (ending?.code === 'expired') return [{ ...ending, exemption }];
    const found = [ending, breadth(exemption), idle(exemption, now, unusedDays)];
    return found.flatMap((one) => (one === undefined ? [] : [{ ...one, exemption }]));
  });
  return remarks.sort(
    (a, b) =>
      REMARK_CODES.indexOf(a.code) - REMARK_CODES.indexOf(b.code) ||
      compare(a.exemption.until, b.exemption.until) ||
      compare(a.exemption.id, b.exemption.id),
  );
}

type Said = Pick<Remark, 'code' | 'message'> | undefined;

function endOf({ id, until, owner }: ReviewedExemption, now: Date): Said {
  const left = Date.parse(until) - now.getTime();
  if (left <= 0)
    return {
      code: 'expired',
      message: `${id} ended at ${until}: take it out, or ask for another.`,
    };
  const days = [1, 7, 30] as const;
  const within = days.find((some) => left <= some * DAY_MS);
  if (within === undefined) return undefined;
  const code = within === 1 ? 'ends-in-1-day' : within === 7 ? 'ends-in-7-days' : 'ends-in-30-days';
  return { code, message: `${id} ends at ${until}; ${owner} mends what it bears before.` };
}

function breadth({ id, rules, match }: ReviewedExemption): Said {
  if (rules.length === 0)
    return { code: 'names-no-rule', message: `${id} names no rule that is in force: take it out.` };
  const { providers, kinds, tags, ...fields } = match;
  const narrows =
    Object.values(fields).some((globs) => globs !== undefined && !globs.some(isAnything)) ||
    Object.values(tags ?? {}).length > 0 ||
    (kinds !== undefined && !kinds.some(isWholeProvider));
  if (narrows) return undefined;
  const of =
    kinds === undefined || kinds.some(isAnything)
      ? (providers ?? ['every provider'])
      : kinds.map((kind) => kind.split('.')[0] ?? kind);
  return {
    code: 'too-broad',
    message: `${id} bears everything of ${of.join(', ')}: say which resources it is for.`,
  };
}

/** Nothing but wildcards and what stands between names: `*.*` is every address of a plan. */
function isAnything(glob: string): boolean {
  return /^[*?./:_-]*[*?][*?./:_-]*$/.test(glob);
}

/** `aws.*` and `aws.*.*` are all of a provider; `aws.s3.*` is not. */
function isWholeProvider(glob: string): boolean {
  return isAnything(glob) || /^[a-z0-9]+[.*?]*[*][.*?]*$/.test(glob);
}

function idle(exemption: ReviewedExemption, now: Date, days: number): Said {
  const { id, lastUsed, from, since } = exemption;
  const known = [lastUsed, from, since].filter((time) => time !== undefined).map(Date.parse);
  // Nobody can tell that something is not used who has not looked long enough.
  if (known.length === 0 || now.getTime() - Math.max(...known) < days * DAY_MS) return undefined;
  const last = lastUsed === undefined ? 'was never used' : `was last used at ${lastUsed}`;
  return { code: 'unused', message: `${id} ${last}: it may go.` };
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
