import { SENSITIVE } from './marker.ts';

/** A part of a text, from `start` up to and without `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The text with one marker in place of each part; parts that overlap go as one. */
export function strike(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text;
  const ordered = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  let struck = '';
  let shown = 0;
  for (const { start, end } of ordered) {
    if (end <= shown) continue;
    if (start >= shown) struck += text.slice(shown, start) + SENSITIVE;
    shown = end;
  }
  return struck + text.slice(shown);
}
