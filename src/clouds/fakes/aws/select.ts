import { AwsRefusal } from './refusal.ts';
import { isRecord } from '../../../kit/record.ts';

/**
 * The small SQL of AWS Config's advanced queries:
 * https://docs.aws.amazon.com/config/latest/developerguide/querying-AWS-resources.html#query-limitations
 */
export interface Query {
  /** Property paths, `*` and `COUNT(*)`. */
  readonly select: readonly string[];
  readonly where: readonly Condition[];
  readonly groupBy: readonly string[];
}

interface Condition {
  readonly property: string;
  readonly values: readonly string[];
  readonly operator: '=' | '!=' | 'IN' | 'LIKE';
}

/** What `SELECT *` gives: no tags, no configuration. */
const STAR = [
  'accountId',
  'awsRegion',
  'arn',
  'availabilityZone',
  'configurationItemCaptureTime',
  'resourceCreationTime',
  'resourceId',
  'resourceName',
  'resourceType',
  'version',
];
const LONGEST = 4096;
const UNSUPPORTED =
  /\b(FROM|JOIN|AS|DISTINCT|HAVING|UNION|ALL|NULL|DROP|UPDATE|INSERT|OR|BETWEEN)\b/i;
const CLAUSES =
  /^\s*SELECT\s+(?<select>.+?)(?:\s+WHERE\s+(?<where>.+?))?(?:\s+GROUP\s+BY\s+(?<group>.+?))?(?:\s+ORDER\s+BY\s+\S+(?:\s+(?:ASC|DESC))?)?\s*$/is;
const PROPERTY = /^[A-Za-z][\w.]*$/;

/** @throws AwsRefusal InvalidExpressionException */
export function parseQuery(expression: string): Query {
  if (expression.length < 1 || expression.length > LONGEST)
    throw invalid(`Member must have length between 1 and ${LONGEST}`);
  const word = UNSUPPORTED.exec(expression.replaceAll(/'(?:[^']|'')*'/g, "''"))?.[0];
  if (word !== undefined) throw invalid(`unsupported: ${word}`);
  const clauses = CLAUSES.exec(expression)?.groups;
  if (clauses === undefined) throw invalid('not a SELECT');
  const select = listed(clauses['select'] ?? '').map(columnOf);
  const groupBy = clauses['group'] === undefined ? [] : listed(clauses['group']);
  if (groupBy.length > 3) throw invalid('GROUP BY takes three properties at most');
  const counted = select.includes('COUNT(*)');
  if (counted !== groupBy.length > 0) throw invalid('COUNT goes with GROUP BY');
  return { select, where: conditionsOf(clauses['where']), groupBy };
}

/** Each row as the JSON text that the service answers. */
export function runQuery(
  query: Query,
  rows: readonly Readonly<Record<string, unknown>>[],
): readonly string[] {
  const found = rows.filter((row) => query.where.every((condition) => holds(condition, row)));
  const told = query.groupBy.length > 0 ? grouped(query, found) : found.map(projected(query));
  return told.map((row) => JSON.stringify(row));
}

function columnOf(text: string): string {
  if (text === '*') return text;
  if (/^COUNT\(\s*\*\s*\)$/i.test(text)) return 'COUNT(*)';
  if (!PROPERTY.test(text)) throw invalid(`not a property: ${text}`);
  if (text.startsWith('tags.')) throw invalid('nested tags cannot be unpacked');
  return text;
}

function conditionsOf(text: string | undefined): Condition[] {
  return text === undefined ? [] : text.split(/\s+AND\s+(?=[A-Za-z])/i).map(conditionOf);
}

function conditionOf(text: string): Condition {
  const simple = /^\s*([\w.]+)\s*(=|!=|LIKE)\s*'((?:[^']|'')*)'\s*$/i.exec(text);
  if (simple !== null) {
    const [, property = '', operator = '', value = ''] = simple;
    return comparison(property, operator.toUpperCase(), value);
  }
  const list = /^\s*([\w.]+)\s+IN\s*\((.+)\)\s*$/is.exec(text);
  if (list === null) throw invalid(`not a condition: ${text}`);
  const [, property = '', values = ''] = list;
  return {
    property,
    operator: 'IN',
    values: [...values.matchAll(/'((?:[^']|'')*)'/g)].map(([, value = '']) => plain(value)),
  };
}

function comparison(property: string, operator: string, value: string): Condition {
  if (operator !== 'LIKE')
    return { property, operator: operator === '=' ? '=' : '!=', values: [plain(value)] };
  const percent = value.indexOf('%');
  if (percent !== value.length - 1 || percent < 3)
    throw invalid('only suffix wildcards, after three characters');
  return { property, operator: 'LIKE', values: [plain(value)] };
}

function holds({ property, operator, values }: Condition, row: unknown): boolean {
  const found = valuesAt(row, property.split('.')).map(String);
  const [first = ''] = values;
  switch (operator) {
    case '=':
      return found.includes(first);
    case '!=':
      return !found.includes(first);
    case 'IN':
      return found.some((value) => values.includes(value));
    case 'LIKE':
      return found.some((value) => value.startsWith(first.slice(0, -1)));
  }
}

/** Through lists: a condition on a list holds when it holds for any of its elements. */
function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => valuesAt(one, path));
  const [name, ...rest] = path;
  if (name === undefined) return value === undefined ? [] : [value];
  return isRecord(value) ? valuesAt(value[name], rest) : [];
}

function projected(query: Query): (row: unknown) => Record<string, unknown> {
  const columns = query.select.flatMap((column) => (column === '*' ? STAR : [column]));
  return (row) => {
    const told: Record<string, unknown> = {};
    for (const column of columns) place(told, row, column.split('.'));
    return told;
  };
}

function place(told: Record<string, unknown>, row: unknown, path: readonly string[]): void {
  const [name, ...rest] = path;
  if (name === undefined || !isRecord(row) || row[name] === undefined) return;
  if (rest.length === 0) {
    told[name] = row[name];
    return;
  }
  const inner = isRecord(told[name]) ? told[name] : {};
  place(inner, row[name], rest);
  told[name] = inner;
}

function grouped(query: Query, rows: readonly Readonly<Record<string, unknown>>[]): unknown[] {
  const groups = new Map<string, { row: Record<string, unknown>; count: number }>();
  for (const row of rows) {
    const key = JSON.stringify(query.groupBy.map((property) => row[property]));
    const group = groups.get(key) ?? {
      row: Object.fromEntries(query.groupBy.map((property) => [property, row[property]])),
      count: 0,
    };
    group.count += 1;
    groups.set(key, group);
  }
  return [...groups.values()].map(({ row, count }) => ({ ...row, 'COUNT(*)': count }));
}

function listed(text: string): string[] {
  return text.split(',').map((one) => one.trim());
}

function plain(value: string): string {
  return value.replaceAll("''", "'");
}

function invalid(message: string): AwsRefusal {
  return new AwsRefusal('InvalidExpressionException', `The expression is not valid: ${message}`);
}
