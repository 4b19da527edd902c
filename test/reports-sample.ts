import type {
  AuditReport,
  Cell,
  Item,
  ReportFormat,
  Row,
  Table,
} from '../src/audit-report/report.ts';

/** What strangers write into tags and names to make a reader's program do something. */
export const HOSTILE = [
  '<script>window.ran = true</script>',
  '"><img src=x onerror="window.ran = true">',
  "'><svg onload=window.ran=true>",
  '</style></table><h1 id="forged">forged</h1>',
  '--><script>window.ran = true</script><!--',
  ']]><x/>',
  '&lt;b&gt; &amp; &#60;',
  '=HYPERLINK("http://127.0.0.1/x","y")',
  '@SUM(1+1)*cmd|/C calc',
  '[click](javascript:alert(1)) ![x](http://127.0.0.1/p.png) **bold** `code`',
  '\u001b[31mred\u001b[0m\u001b]0;title\u0007',
  'one\r\ntwo\nSet-Cookie: a=b',
  'abc\u202e\u2066txt.exe\u2069',
  'مفتاح=قيمة',
  '#read("/etc/passwd") $x$ *b* @ref <label> \\ #sys.inputs',
  'half a pair \ud83d and a null \u0000',
] as const;

export function table(given: Partial<Table> & { readonly list?: readonly Row[] } = {}): Table {
  const { list = [], ...rest } = given;
  return {
    id: 'findings',
    title: 'Findings',
    columns: [
      { id: 'severity', title: 'Severity', type: 'text', width: 0.7 },
      { id: 'address', title: 'Resource', type: 'id', width: 2 },
      { id: 'message', title: 'What is wrong', type: 'text', width: 2 },
      { id: 'seen', title: 'First seen', type: 'time' },
      { id: 'days', title: 'Days', type: 'number' },
    ],
    rows: () => of(list),
    empty: 'There are no findings.',
    ...rest,
  };
}

export function report(given: Partial<AuditReport> = {}): AuditReport {
  return {
    kind: 'posture',
    title: 'Compliance posture',
    summary: 'What was found in the accounts that could be read.',
    madeAt: '2026-11-26T02:01:05Z',
    period: {},
    selection: ['account 111122223333'],
    version: '1.2.3',
    figures: [],
    charts: [],
    tables: [],
    notes: [],
    ...given,
  };
}

export function item(given: Partial<Item> = {}): Item {
  return {
    verdict: 'violation',
    rule: 'tagging.owner',
    policy: 'PC-TAG-001',
    title: 'Resources name their owner',
    severity: 'high',
    enforcement: 'deny',
    address: 'arn:aws:s3:::payments-data',
    kind: 'aws.s3.bucket',
    path: 'tags.owner',
    message: 'payments-data has no owner tag.',
    fix: 'Add owner to its tags.',
    link: 'policies/tagging/required/readme.md',
    scope: { account: '111122223333', region: 'eu-west-1' },
    time: '2026-11-20T08:00:00Z',
    controls: [{ framework: 'NIST 800-53 r5', control: 'CM-8' }],
    reference: 'finding-1',
    ...given,
  };
}

/** Every hostile text in every place of a report that holds text. */
export function hostileReport(): AuditReport {
  const all = HOSTILE.join(' ');
  const time = '2026-11-20T08:00:00Z';
  return report({
    title: `Report ${all}`,
    summary: all,
    selection: [...HOSTILE],
    notes: [...HOSTILE],
    figures: HOSTILE.map((text) => ({ label: text, value: text, tone: 'bad', detail: text })),
    charts: [
      {
        type: 'bars',
        title: all,
        unit: all,
        series: [
          { label: HOSTILE[0], tone: 'bad' },
          { label: HOSTILE[1], tone: 'good' },
        ],
        bars: HOSTILE.map((label) => ({ label, values: [3, 4] })),
      },
      {
        type: 'time',
        title: all,
        unit: all,
        series: [{ label: HOSTILE[3], tone: 'plain' }],
        points: [time, ...HOSTILE].map((when) => ({ time: when, values: [1] })),
      },
    ],
    tables: [
      table({
        title: all,
        list: HOSTILE.map((text) => ({ cells: [text, text, text, text, text] })),
      }),
      table({ title: all, empty: all }),
    ],
    items: () => of(HOSTILE.map(hostileItem)),
  });
}

export function hostileItem(text: string): Item {
  const words = { rule: text, policy: text, title: text, address: text, kind: text, path: text };
  const more = { message: text, fix: text, link: text, reference: text, exemption: text };
  return item({
    ...words,
    ...more,
    scope: { account: text, [text]: text },
    controls: [{ framework: text, control: text }],
  });
}

/* eslint-disable-next-line @typescript-eslint/require-await -- What is streamed in earnest is a list here. */
export async function* of<T>(list: Iterable<T>): AsyncGenerator<T> {
  yield* list;
}

/** A report in a format, as text. */
export async function written(format: ReportFormat, given: AuditReport): Promise<string> {
  return (await bytes(format, given)).toString('utf8');
}

export async function bytes(format: ReportFormat, given: AuditReport): Promise<Buffer> {
  return await joined(format.write(given, () => undefined));
}

export async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const held: Uint8Array[] = [];
  for await (const piece of pieces) held.push(piece);
  return Buffer.concat(held);
}

/** A small report; every text of it is `text`, so that one call asks what a format does to a hostile one. */
export function reportOf(
  text: string,
  cells: readonly (readonly Cell[])[] = [[1, text, '2026-11-20T08:00:00.000Z', null]],
): AuditReport {
  return report({
    kind: 'decisions',
    title: text,
    summary: text,
    period: { since: '2026-11-01T00:00:00.000Z', until: '2026-11-26T00:00:00.000Z' },
    selection: [text],
    figures: [{ label: text, value: text, tone: 'bad', detail: text }],
    charts: [
      {
        type: 'bars',
        title: text,
        unit: text,
        series: [{ label: text, tone: 'bad' }],
        bars: [{ label: text, values: [3] }],
      },
    ],
    tables: [
      {
        id: 'decisions',
        title: text,
        columns: [
          { id: 'sequence', title: 'Sequence', type: 'number' },
          { id: 'name', title: text, type: 'text' },
          { id: 'time', title: 'Time', type: 'time' },
          { id: 'nothing', title: 'Nothing', type: 'text' },
        ],
        rows: () => of(cells.map((row, at) => ({ cells: row, quotes: at }))),
        empty: text,
        main: true,
      },
      {
        id: 'empty',
        title: text,
        columns: [{ id: 'name', title: text, type: 'text' }],
        rows: () => of([]),
        empty: text,
      },
    ],
    notes: [text],
  });
}

/** One of each verdict. */
export const SAMPLE = [
  item({ severity: 'low', enforcement: 'warn', address: 'arn:aws:s3:::low', reference: 'f-1' }),
  item({ verdict: 'exempt', exemption: 'EX-7', address: 'arn:aws:s3:::exempt', reference: 'f-2' }),
  item({ severity: 'critical', address: 'arn:aws:s3:::worst', reference: 'f-3' }),
  item({
    verdict: 'unknown',
    address: 'west/default/Deployment/web',
    kind: 'kubernetes.deployment',
    reference: 'f-4',
    scope: { cluster: 'west', namespace: 'default' },
  }),
];

export function reportOn(items: readonly Item[], given: Partial<AuditReport> = {}): AuditReport {
  return report({ items: () => of(items), ...given });
}
