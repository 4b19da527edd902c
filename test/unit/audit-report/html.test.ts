import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { html } from '../../../src/audit-report/formats/html/index.ts';
import type { Row } from '../../../src/audit-report/report.ts';
import { hostileReport, report, table, written } from '../../reports-sample.ts';

const MEGABYTE = 1024 * 1024;

describe('a report as a page', () => {
  it('shows what the report says, each row with the record that it quotes', async () => {
    const page = await written(
      html,
      report({
        figures: [{ label: 'Open', value: '7', tone: 'bad', detail: 'of 3 rules' }],
        notes: ['Account 1 could not be read.'],
        tables: [
          table({
            list: [
              {
                cells: ['critical', 'a/b.c', 'has no owner', '2026-11-20T08:00:00Z', 1234],
                quotes: 42,
              },
            ],
          }),
          table({ id: 'other', title: 'Other' }),
        ],
      }),
    );
    expect(page).toContain('<p class="value"><bdi>7</bdi></p>');
    expect(page).toContain('<li><bdi>Account 1 could not be read.</bdi></li>');
    expect(page).toContain(
      '<tr><td class="text"><span class="word worst">critical</span></td><td class="id"><bdi>a/<wbr>b.<wbr>c</bdi></td>' +
        '<td class="text"><bdi>has no owner</bdi></td><td class="time"><time datetime="2026-11-20T08:00:00Z">2026-11-20 08:00:00</time></td>' +
        '<td class="number">1,234</td><td class="number">#42</td></tr>',
    );
    expect(page).toContain('<p class="count">1 row.</p>');
    expect(page).toContain('<p class="empty"><bdi>There are no findings.</bdi></p>');
    expect(page.endsWith('</html>\n')).toBe(true);
  });

  it.each([
    [
      { type: 'bars', bars: [{ label: 'payments', values: [3, 4] }] },
      '1 bars, in findings: payments 7 (high 3, low 4).',
    ],
    [{ type: 'bars', bars: [] }, 'There is nothing to show.'],
    [
      {
        type: 'time',
        points: [
          { time: '2026-11-01T00:00:00Z', values: [9, 1] },
          { time: '2026-11-02T00:00:00Z', values: [2, 5] },
        ],
      },
      'From 2026-11-01 to 2026-11-02, in findings: high from 9 to 2, at most 9; low from 1 to 5, at most 5.',
    ],
    [{ type: 'time', points: [] }, 'There is nothing to show.'],
  ] as const)('says in words what a chart shows: %j', async (shape, said) => {
    const page = await written(
      html,
      report({
        charts: [
          {
            title: 'Findings',
            unit: 'findings',
            series: [
              { label: 'high', tone: 'bad' },
              { label: 'low', tone: 'plain' },
            ],
            ...shape,
          },
        ],
      }),
    );
    expect(page).toContain(said);
    expect(page).not.toContain('NaN');
  });

  it('allows itself its one style sheet and nothing else', async () => {
    const page = await written(html, hostileReport());
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(page) ?? [];
    const digest = createHash('sha256').update(style).digest('base64');
    const [, policy = ''] = /Content-Security-Policy" content="(.*?)"/.exec(page) ?? [];
    expect(policy.replaceAll('&#39;', "'")).toBe(
      `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`,
    );
    expect(page).not.toMatch(/ style=/);
  });

  it('has no element of its own making in what strangers wrote', async () => {
    const page = await written(html, hostileReport());
    const elements = new Set(
      [...page.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, name = '']) => name),
    );
    for (const foreign of ['script', 'img', 'x', 'b', 'label'])
      expect(elements).not.toContain(foreign);
    expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(page).not.toContain('<!--');
    expect(page).toContain('&#60;script&#62;window.ran = true&#60;/script&#62;');
  });

  it('writes a hundred thousand rows in bounded memory, and reads no faster than it is read', async () => {
    let made = 0;
    // eslint-disable-next-line @typescript-eslint/require-await -- Rows come from a store in earnest.
    async function* rows(): AsyncGenerator<Row> {
      for (; made < 100_000; made += 1)
        yield { cells: ['high', `arn:aws:s3:::bucket-${made}`, 'has no owner tag', null, made] };
    }
    let length = 0;
    let ahead = 0;
    let heap = 0;
    const before = process.memoryUsage().heapUsed;
    for await (const piece of html.write(report({ tables: [table({ rows })] }))) {
      const madeBefore = made;
      length += piece.length;
      await Promise.resolve();
      ahead = Math.max(ahead, made - madeBefore);
      heap = Math.max(heap, process.memoryUsage().heapUsed - before);
      expect(piece.length).toBeLessThan(MEGABYTE);
    }
    expect(made).toBe(100_000);
    expect(ahead).toBe(0);
    expect(length).toBeGreaterThan(15 * MEGABYTE);
    expect(heap).toBeLessThan(100 * MEGABYTE);
  });
});
