import { wrong } from './faults.ts';
import type { Fault } from './faults.ts';
import type { Listing, Tags } from './moto.ts';

/** What a tool did under a fault, as moto tells it afterwards. */
export interface Outcome {
  readonly fault: Fault;
  readonly tool: 'Cloud Custodian' | 'Portcullis';
  /** Without an owner, before. */
  readonly wrong: number;
  /** Of those, the ones to which the tool gave an owner. */
  readonly tagged: number;
  /** Tags of others, told as `<arn> <key>`, that are gone or have another value. */
  readonly harmed: readonly string[];
  /** Resources with an `Owner`, to which the tool gave another `owner`. */
  readonly disagreeing: number;
  readonly writes: number;
  readonly said: string;
  /** Still without an owner when the tool was run once more; the same as after the first run where that left none. */
  readonly leftAfterSecond: number;
}

/** What somebody else wrote while the tool ran. */
export interface Written {
  readonly arns: readonly string[];
  readonly tags: Tags;
}

/** Tags that were there, or that others wrote, and that are not there any more as they were. */
export function harmed(before: Listing, after: Listing, others: readonly Written[]): string[] {
  const now = new Map(after.map(({ arn, tags }) => [arn, tags]));
  return before.flatMap(({ arn, tags }) =>
    Object.entries({ ...tags, ...writtenTo(arn, others) })
      .filter(([key, value]) => now.get(arn)?.[key] !== value)
      .map(([key]) => `${arn} ${key}`),
  );
}

/** Resources that had no owner, and have one that nobody else gave them. */
export function taggedBy(before: Listing, after: Listing, others: readonly Written[]): string[] {
  const were = new Set(wrong(before));
  return after
    .filter(({ arn, tags: { owner } }) => were.has(arn) && owner !== undefined)
    .filter(({ arn, tags: { owner } }) => writtenTo(arn, others)['owner'] !== owner)
    .map(({ arn }) => arn);
}

/** Of the resources that a tool tagged. */
export function disagreeing(after: Listing, tagged: readonly string[]): string[] {
  return after
    .filter(({ arn }) => tagged.includes(arn))
    .filter(({ tags: { owner, Owner } }) => Owner !== undefined && Owner !== owner)
    .map(({ arn }) => arn);
}

function writtenTo(arn: string, others: readonly Written[]): Tags {
  const own = others.filter(({ arns }) => arns.includes(arn));
  return Object.fromEntries(own.flatMap(({ tags }) => Object.entries(tags)));
}
