/** A row of a table of Resource Graph. */
export type Row = Readonly<Record<string, unknown>>;

export type Step =
  | { readonly step: 'where'; readonly column: string; readonly values: readonly string[] }
  | { readonly step: 'project'; readonly columns: readonly string[] }
  | { readonly step: 'order'; readonly column: string }
  | { readonly step: 'count'; readonly by: readonly string[] };

export interface KustoQuery {
  readonly table: string;
  readonly steps: readonly Step[];
}

/** A query that is wrong, or beyond what the fake understands: never answered with a guess. */
export class KustoError extends Error {}

const LITERAL = String.raw`'(?:[^'\\]|\\.)*'`;
const NAME = String.raw`[A-Za-z_][A-Za-z0-9_]*`;
const STEPS: readonly (readonly [RegExp, (match: RegExpExecArray) => Step])[] = [
  [
    new RegExp(`^where (${NAME}) =~ (${LITERAL})$`),
    ([, column = '', value = '']) => ({ step: 'where', column, values: literals(value) }),
  ],
  [
    new RegExp(String.raw`^where (${NAME}) in~ \((${LITERAL}(?:, ?${LITERAL})*)\)$`),
    ([, column = '', values = '']) => ({ step: 'where', column, values: literals(values) }),
  ],
  [
    new RegExp(`^project (${NAME}(?:, ?${NAME})*)$`),
    ([, columns = '']) => ({ step: 'project', columns: list(columns) }),
  ],
  [new RegExp(`^order by (${NAME}) asc$`), ([, column = '']) => ({ step: 'order', column })],
  [
    new RegExp(String.raw`^summarize count\(\) by (${NAME}(?:, ?${NAME})*)$`),
    ([, columns = '']) => ({ step: 'count', by: list(columns) }),
  ],
];

/**
 * Reads the small part of Kusto that an inventory needs: `where … =~`, `where … in~`, `project`, `order by … asc` and
 * `summarize count() by …`.
 *
 * @throws KustoError for everything else.
 */
export function parseKusto(text: string): KustoQuery {
  const [table = '', ...steps] = split(text);
  return { table: table.toLowerCase(), steps: steps.map(parseStep) };
}

/** Bars inside of literals are text. */
function split(text: string): string[] {
  const parts = text.match(new RegExp(`(?:${LITERAL}|[^|'])+`, 'g')) ?? [];
  return parts.map((part) => part.trim().replace(/\s+/g, ' '));
}

function parseStep(text: string): Step {
  for (const [shape, make] of STEPS) {
    const match = shape.exec(text);
    if (match !== null) return make(match);
  }
  throw new KustoError(`This fake of Resource Graph does not understand '${text}'.`);
}

function literals(text: string): string[] {
  const found = text.match(new RegExp(LITERAL, 'g')) ?? [];
  return found.map((literal) => literal.slice(1, -1).replace(/\\(.)/g, '$1'));
}

function list(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}

/** @throws KustoError where a column is named that is not there. */
export function runKusto(
  { steps }: KustoQuery,
  rows: readonly Row[],
  columns: readonly string[],
): readonly Row[] {
  let result = rows;
  let known = columns;
  for (const step of steps) {
    for (const column of columnsOf(step))
      if (!known.includes(column))
        throw new KustoError(`Failed to resolve scalar expression named '${column}'.`);
    result = apply(step, result);
    if (step.step === 'project') known = step.columns;
    if (step.step === 'count') known = [...step.by, 'count_'];
  }
  return result;
}

function columnsOf(step: Step): readonly string[] {
  if (step.step === 'project') return step.columns;
  return step.step === 'count' ? step.by : [step.column];
}

function apply(step: Step, rows: readonly Row[]): readonly Row[] {
  switch (step.step) {
    case 'where': {
      const wanted = new Set(step.values.map((value) => value.toLowerCase()));
      return rows.filter((row) => wanted.has(text(row[step.column]).toLowerCase()));
    }
    case 'project':
      return rows.map((row) => pick(row, step.columns));
    case 'order':
      return [...rows].sort((a, b) => (text(a[step.column]) < text(b[step.column]) ? -1 : 1));
    case 'count':
      return counted(rows, step.by);
  }
}

function counted(rows: readonly Row[], by: readonly string[]): Row[] {
  const groups = new Map<string, { row: Row; count: number }>();
  for (const row of rows) {
    const key = JSON.stringify(by.map((column) => row[column]));
    const group = groups.get(key) ?? { row: pick(row, by), count: 0 };
    group.count += 1;
    groups.set(key, group);
  }
  return [...groups.values()].map(({ row, count }) => ({ ...row, count_: count }));
}

function pick(row: Row, columns: readonly string[]): Row {
  return Object.fromEntries(columns.map((column) => [column, row[column]]));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
