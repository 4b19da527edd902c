import { describe, expect, it } from 'vitest';

import { csvHead, csvLine } from '../../../src/fleet/csv.ts';
import { FindingView } from '../../../src/fleet/views.ts';
import type { Finding } from '../../../src/sweep/finding.ts';
import { finding } from './builders.ts';

const COLUMNS = csvHead().trimEnd().split(',');

/** The cell of one column; none of these tests has a comma in another one. */
function cell(column: string, given: Partial<Finding>): string | undefined {
  const line = csvLine(FindingView.parse(finding(given)));
  return line.trimEnd().split(',')[COLUMNS.indexOf(column)];
}

const tags = (values: Readonly<Record<string, string>>): Partial<Finding> => ({
  tags: { state: 'known', values, unknown: [] },
});

describe('findings for a spreadsheet', () => {
  it('are lines of RFC 4180, as many cells as the head has', () => {
    const line = csvLine(FindingView.parse(finding()));
    expect(csvHead()).toMatch(/^id,state,severity,.*\r\n$/);
    expect(line).toMatch(/^[^\r\n]*\r\n$/);
    expect(line.split(',')).toHaveLength(COLUMNS.length);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '=HYPERLINK("http://x")'])(
    '%j in a tag is text, and no formula',
    (owner) => {
      expect(cell('owner', tags({ owner }))).toMatch(/^"?'/);
    },
  );

  it.each([
    ['\t=1', '\\u0009=1'],
    ['x;=cmd', "x;'=cmd"],
    ['\u001b[2Jgone', '\\u001b[2Jgone'],
    ['\u202egpj.exe', '\\u202egpj.exe'],
  ])('%j in a tag is shown as %j: no terminal and no eye is led astray', (owner, shown) => {
    expect(cell('owner', tags({ owner }))).toBe(shown);
  });

  it.each([
    ['created_by', { createdBy: { name: '=cmd' } }, "'=cmd"],
    ['account', { account: '@a' }, "'@a"],
    ['region', { region: '+r' }, "'+r"],
  ])('nor in %s', (column, given, shown) => expect(cell(column, given)).toBe(shown));

  it('keep quotes inside a cell, and are a line each', () => {
    const line = csvLine(FindingView.parse(finding({ message: 'say "no",\nplease' })));
    expect(line).toContain('"say ""no"", please"');
  });

  it('say when nobody knows the tags: that is not having none', () => {
    const unknown = { tags: { state: 'unknown', reason: 'denied' } } as const;
    expect(cell('owner', unknown)).toBe('(unknown)');
    expect(cell('owner', tags({}))).toBe('');
    expect(cell('owner', { tags: { state: 'known', values: {}, unknown: ['owner'] } })).toBe(
      '(unknown)',
    );
    expect(cell('cost_center', tags({ 'cost-center': '4711' }))).toBe('4711');
  });
});
