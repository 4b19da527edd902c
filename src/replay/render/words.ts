import type { Counts, Impact } from '../impact/model.ts';

/** What a reader is told first, in any format: a line each, those that are nothing left out. */
export function headlines({ decisions, complete }: Impact): string[] {
  const { read, replayed, toDeny, toAllow, toUnknown, newWarnings, goneWarnings } = decisions;
  return [
    `${amount(replayed, 'decision')} replayed${read === replayed ? '' : ` of ${read}`}, ${decisions.unchanged} as before`,
    ...some(toDeny, 'would be denied that was allowed', 'would be denied that were allowed'),
    ...some(toAllow, 'would be allowed that was denied', 'would be allowed that were denied'),
    ...some(
      toUnknown,
      'hangs on redacted values: nobody can say what would become of it',
      'hang on redacted values: nobody can say what would become of them',
    ),
    ...some(newWarnings, 'would have new warnings', 'would have new warnings'),
    ...some(goneWarnings, 'would have fewer warnings', 'would have fewer warnings'),
    ...(complete ? [] : ['Older decisions were not looked at: a limit was reached.']),
  ];
}

function some(count: number, one: string, many: string): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
}

export function amount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The columns of every table of groups. */
export const GROUP_COLUMNS = [
  'to deny',
  'to allow',
  'denials',
  'warnings',
  'resources',
] as const satisfies string[];

/** `+3 -1`: how many verdicts more and less. */
export function groupCells(
  group: Counts & { readonly resources: readonly string[]; readonly moreResources: number },
  named: number,
): string[] {
  const { toDeny, toAllow, newDenials, goneDenials, newWarnings, goneWarnings } = group;
  return [
    String(toDeny),
    String(toAllow),
    moreAndLess(newDenials, goneDenials),
    moreAndLess(newWarnings, goneWarnings),
    resourcesText(group, named),
  ];
}

function moreAndLess(more: number, less: number): string {
  const parts = [more === 0 ? '' : `+${more}`, less === 0 ? '' : `-${less}`].filter(Boolean);
  return parts.length === 0 ? '0' : parts.join(' ');
}

export function resourcesText(
  { resources, moreResources }: { resources: readonly string[]; moreResources: number },
  named: number,
): string {
  const more = moreResources + Math.max(0, resources.length - named);
  return `${resources.slice(0, named).join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}

/** Why a decision flips, or cannot be told, in one line. */
export function changeText({
  rule,
  address,
  message,
}: Impact['flips'][number]['changes'][number]): string {
  return `${rule}  ${address}: ${message}`;
}
