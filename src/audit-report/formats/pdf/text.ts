import { inertLine } from '../../inert/text.ts';

/** A cell of a sheet; whoever needs more of it reads another form of the report. */
const MOST_LETTERS = 400;
/** Runs without a place to break that still fit into a column. */
const RUN = 12;
const ZERO_WIDTH_SPACE = '\u200b';

/** Text on one line, of letters that a page can show, cut where a page would be filled by it. */
export function onPaper(text: string): string {
  const line = inertLine(text).replace(/[\ufffe\uffff]/g, '\ufffd');
  return line.length > MOST_LETTERS ? `${line.slice(0, MOST_LETTERS - 1).toWellFormed()}…` : line;
}

/** Long names get places to break, after the marks that divide them or else after so many letters. */
export function untilBreakable(text: string): string {
  return text.replace(/\S{13,}/gu, (run) =>
    run
      .split(/(?<=[/:._\-,;=&?])/)
      .flatMap((part) => part.match(new RegExp(`.{1,${RUN}}`, 'gu')) ?? [])
      .join(ZERO_WIDTH_SPACE),
  );
}

/** `2026-11-26 02:01:05 UTC`; what is no time stamp stays as it was written. */
export function utc(time: string): string {
  const [, day, clock] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?Z$/.exec(time) ?? [];
  return day === undefined || clock === undefined ? onPaper(time) : `${day} ${clock} UTC`;
}
