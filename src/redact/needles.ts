import type { Span } from './spans.ts';

/** A text to be found in others. */
export interface Needle {
  readonly text: string;
  /** Short ones count only where they stand as a word, so that `admin` leaves an administrator alone. */
  readonly whole: boolean;
}

/** Fewer characters than any needle has. */
const SHORTEST = 2;

/**
 * Finds many needles in one pass over a text: at every place the longest one. Needles are looked up by bisection, so that
 * a document with thousands of them costs hardly more than one with a few.
 */
export function findNeedles(needles: readonly Needle[]): (text: string) => Span[] {
  const sorted = unique(needles);
  if (sorted.length === 0) return () => [];
  const shelf = { sorted, parents: parentsOf(sorted), longest: longestOf(sorted) };
  const beginnings = new Uint8Array(65_536);
  for (const { text } of sorted) beginnings[beginningOf(text, 0)] = 1;
  return (text) => {
    const spans: Span[] = [];
    for (let at = 0; at <= text.length - SHORTEST; at++) {
      if (beginnings[beginningOf(text, at)] !== 1) continue;
      const found = longestAt(text, at, shelf);
      if (found !== undefined) spans.push({ start: at, end: at + found.text.length });
    }
    return spans;
  };
}

interface Shelf {
  readonly sorted: readonly Needle[];
  /** For each needle the longest other one that it begins with; -1 where there is none. */
  readonly parents: readonly number[];
  readonly longest: number;
}

/** Two characters as one number: most places of a text are dismissed by it. */
function beginningOf(text: string, at: number): number {
  return ((text.charCodeAt(at) * 193) ^ text.charCodeAt(at + 1)) & 0xffff;
}

/** The last needle that is not behind the rest of the text begins like it, or one that it begins with does. */
function longestAt(text: string, at: number, shelf: Shelf): Needle | undefined {
  const rest = text.slice(at, at + shelf.longest);
  let index = lastUpTo(shelf.sorted, rest);
  while (index >= 0) {
    const needle = shelf.sorted[index];
    if (needle !== undefined && rest.startsWith(needle.text) && standsAt(text, at, needle))
      return needle;
    index = shelf.parents[index] ?? -1;
  }
  return undefined;
}

function lastUpTo(sorted: readonly Needle[], rest: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.text ?? '') <= rest) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const WORD = /[\p{L}\p{N}]/u;

function standsAt(text: string, at: number, { text: needle, whole }: Needle): boolean {
  if (!whole) return true;
  return !WORD.test(text.charAt(at - 1)) && !WORD.test(text.charAt(at + needle.length));
}

function unique(needles: readonly Needle[]): Needle[] {
  const byText = new Map<string, Needle>();
  for (const needle of needles) {
    if (needle.text.length < SHORTEST) continue;
    if (byText.get(needle.text)?.whole !== false) byText.set(needle.text, needle);
  }
  return [...byText.values()].sort((a, b) => (a.text < b.text ? -1 : 1));
}

function parentsOf(sorted: readonly Needle[]): number[] {
  const open: number[] = [];
  return sorted.map(({ text }, index) => {
    while (open.length > 0 && !text.startsWith(sorted[open.at(-1) ?? 0]?.text ?? '')) open.pop();
    const parent = open.at(-1) ?? -1;
    open.push(index);
    return parent;
  });
}

function longestOf(needles: readonly Needle[]): number {
  return needles.reduce((longest, { text }) => Math.max(longest, text.length), 0);
}
