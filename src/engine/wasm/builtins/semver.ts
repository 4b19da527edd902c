import type { Builtin } from './builtin.ts';
import { text } from './operands.ts';
import { BuiltinError } from './value.ts';

/** Semantic versions 2.0.0 as OPA reads them: a leading `v` is let go. */
export const SEMVER = {
  'semver.compare': (values) =>
    BigInt(compareVersions(parse(text(values, 0)), parse(text(values, 1)))),
  'semver.is_valid': ([value]) => typeof value === 'string' && VERSION.test(value) && fits(value),
} as const satisfies Record<string, Builtin>;

const NUMBER = String.raw`(0|[1-9]\d*)`;
const PRE = String.raw`(?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*)`;
const VERSION = new RegExp(
  String.raw`^v?${NUMBER}\.${NUMBER}\.${NUMBER}(?:-(${PRE}(?:\.${PRE})*))?(?:\+[\da-zA-Z-]+(?:\.[\da-zA-Z-]+)*)?$`,
);
const INT64 = 1n << 63n;

interface Version {
  readonly core: readonly bigint[];
  readonly pre: readonly string[];
}

function parse(version: string): Version {
  const found = VERSION.exec(version);
  if (found === null || !fits(version))
    throw new BuiltinError(`${JSON.stringify(version)} is no semantic version`);
  const pre = found[4];
  return { core: found.slice(1, 4).map(BigInt), pre: pre === undefined ? [] : pre.split('.') };
}

function fits(version: string): boolean {
  return (VERSION.exec(version)?.slice(1, 4) ?? []).every((part) => BigInt(part) < INT64);
}

function compareVersions(a: Version, b: Version): number {
  for (const [i, left] of a.core.entries()) {
    const right = b.core[i] ?? 0n;
    if (left !== right) return left < right ? -1 : 1;
  }
  // A version with a pre-release comes before the one without.
  if (a.pre.length === 0 || b.pre.length === 0) return Math.sign(b.pre.length - a.pre.length);
  for (const [i, left] of a.pre.entries()) {
    const right = b.pre[i];
    if (right === undefined) return 1;
    const order = compareIdentifiers(left, right);
    if (order !== 0) return order;
  }
  return Math.sign(a.pre.length - b.pre.length);
}

/** Numbers by value, and before words; words by ASCII. */
function compareIdentifiers(a: string, b: string): number {
  const [numberA, numberB] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (numberA && numberB)
    return a.length === b.length ? order(a, b) : Math.sign(a.length - b.length);
  if (numberA !== numberB) return numberA ? -1 : 1;
  return order(a, b);
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
