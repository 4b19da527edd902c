import type { Rule } from '../../bindings/rule.ts';
import type { Finding } from '../../sweep/finding.ts';
import type { ReportAsk } from '../ask.ts';
import type { ReportReaders } from '../readers.ts';
import type { Column, Row, Table } from '../report.ts';
import { COLUMN } from './columns.ts';
import type { Coverage } from './coverage.ts';
import { WORST_FIRST } from './posture-count.ts';
import type { PostureCount } from './posture-count.ts';
import type { FindingSource } from './posture-findings.ts';
import { rowsOf } from './rows.ts';
import { teamOfFinding } from './select.ts';
import { sum } from './tally.ts';

const BY_SEVERITY: readonly Column[] = WORST_FIRST.map((id) => ({
  id,
  title: `${id.charAt(0).toUpperCase()}${id.slice(1)}`,
  type: 'number',
}));

const OPEN: Column = { id: 'open', title: 'Open', type: 'number' };

/** Controls of the policies that some rule enforces. "None found" is said of what was read, and is no compliance. */
export function controlTable(
  counted: PostureCount,
  { swept }: Coverage,
  { framework }: ReportAsk,
  readers: ReportReaders,
): Table {
  const wanted = framework?.toLowerCase();
  const enforced = new Set(readers.rules().map(({ policy }) => policy.id));
  const rows = new Map<string, { cells: [string, string]; policies: string[] }>();
  for (const { id, controls } of readers.policies())
    for (const { framework: name, control } of controls) {
      if (wanted !== undefined && !name.toLowerCase().includes(wanted)) continue;
      const key = JSON.stringify([name, control]);
      const row = rows.get(key) ?? { cells: [name, control], policies: [] };
      rows.set(key, { ...row, policies: [...row.policies, id] });
    }
  const cells = [...rows.values()].map(({ cells: head, policies }) => {
    const inForce = policies.filter((id) => enforced.has(id));
    const open = sum(inForce.map((id) => counted.policies.of(id)[0] ?? 0));
    const state = controlState({ inForce: inForce.length, open, swept: swept.length });
    return { cells: [...head, state, open, policies.join(', ')] };
  });
  return {
    id: 'controls',
    title: 'By control of a framework',
    columns: [
      { id: 'framework', title: 'Framework', type: 'text' },
      { id: 'control', title: 'Control', type: 'id' },
      { id: 'state', title: 'State', type: 'text', width: 1.6 },
      OPEN,
      { id: 'policies', title: 'Policies', type: 'id', width: 2 },
    ],
    rows: rowsOf(cells.sort(byFirstCells)),
    empty: 'No policy names a control.',
  };
}

function controlState({ inForce, open, swept }: Record<'inForce' | 'open' | 'swept', number>) {
  if (inForce === 0) return 'not judged: no rule enforces it';
  if (swept === 0) return 'not judged: nothing was swept';
  return open > 0 ? 'violated' : 'no violation found in what was read';
}

function byFirstCells({ cells: [a, b] }: Row, { cells: [c, d] }: Row): number {
  const collator = new Intl.Collator('en', { numeric: true });
  return collator.compare(String(a), String(c)) || collator.compare(String(b), String(d));
}

export function ruleTable(
  { rules, borne }: PostureCount,
  all: readonly Rule[],
  wanted: (rule: string, policy: string) => boolean,
): Table {
  const known = all.filter(({ id, policy }) => wanted(id, policy.id));
  const names = new Set(known.map(({ id }) => id));
  const gone = rules.ranked().filter(([name]) => !names.has(name));
  const rows = [
    ...known.map(({ id, policy }) => [id, policy.id, policy.title, policy.severity] as const),
    ...gone.map(([name]) => [name, '', 'not in force any more', ''] as const),
  ].map((head) => {
    const counts = rules.of(head[0]);
    return { cells: [...head, sum(counts), borne.of(head[0])[0] ?? 0] };
  });
  return {
    id: 'rules',
    title: 'By rule',
    columns: [
      COLUMN.rule,
      { id: 'policy', title: 'Policy', type: 'id' },
      { id: 'title', title: 'What it asks for', type: 'text', width: 2 },
      COLUMN.severity,
      OPEN,
      { id: 'exempt', title: 'Exempt', type: 'number' },
    ],
    rows: rowsOf(rows.sort((one, other) => Number(other.cells[4]) - Number(one.cells[4]))),
    empty: 'No rule is in force.',
  };
}

const READ = { read: 'wholly', partial: 'in part', unknown: 'not at all' } as const;

/** Every account that was to be read, the ones without findings too. Resources are counted when the table is read. */
export function accountTable(
  { accounts }: PostureCount,
  { accounts: asked }: Coverage,
  readers: ReportReaders,
): Table {
  const names = new Set([...accounts.ranked().map(([name]) => name), ...asked.keys()]);
  return {
    id: 'accounts',
    title: 'By account',
    columns: [
      COLUMN.account,
      { id: 'read', title: 'Read', type: 'text' },
      { id: 'resources', title: 'Resources', type: 'number' },
      OPEN,
      ...BY_SEVERITY,
    ],
    rows: async function* () {
      for (const name of names) {
        const counts = accounts.of(name);
        const state = asked.get(name);
        const read = state === undefined ? 'not in the last sweeps' : READ[state];
        yield { cells: [name, read, await readers.resources(name), sum(counts), ...counts] };
      }
    },
    empty: 'No account was read.',
  };
}

export function teamTable({ teams }: PostureCount): Table {
  return {
    id: 'teams',
    title: 'By team',
    columns: [COLUMN.team, OPEN, ...BY_SEVERITY],
    rows: rowsOf(
      teams.ranked().map(([name, counts]) => ({
        cells: [name === '' ? '(no team or owner)' : name, sum(counts), ...counts],
      })),
    ),
    empty: 'Nothing was found of any team.',
  };
}

export function gapTable({ gaps, swept }: Coverage): Table {
  const read = swept.length === 0 ? 'Nothing was swept.' : 'The last sweeps tell of no gap.';
  return {
    id: 'gaps',
    title: 'What could not be read',
    columns: [
      { id: 'inventory', title: 'Inventory', type: 'id' },
      COLUMN.account,
      { id: 'type', title: 'Type', type: 'id' },
      { id: 'code', title: 'Code', type: 'text' },
      { ...COLUMN.message, width: 3 },
    ],
    rows: rowsOf(
      gaps.map(({ inventory, account, type, code, message }) => ({
        cells: [inventory, account, type ?? null, code, message],
      })),
    ),
    empty: read,
  };
}

export function findingTable(open: FindingSource): Table {
  return {
    id: 'findings',
    title: 'Open findings, the worst first',
    columns: [
      { id: 'finding', title: 'Finding', type: 'id', detail: true },
      COLUMN.severity,
      COLUMN.state,
      COLUMN.rule,
      COLUMN.policy,
      COLUMN.account,
      { id: 'region', title: 'Region', type: 'id', detail: true },
      COLUMN.team,
      COLUMN.address,
      COLUMN.kind,
      COLUMN.path,
      COLUMN.message,
      COLUMN.fix,
      COLUMN.exemption,
      { id: 'first_seen', title: 'First seen', type: 'time' },
      { id: 'last_seen', title: 'Last seen', type: 'time', detail: true },
    ],
    rows: async function* () {
      for await (const finding of open()) yield findingRow(finding);
    },
    empty: 'No finding is open in what was read.',
    main: true,
  };
}

function findingRow(finding: Finding): Row {
  const { exemption, unsureSince } = finding;
  const sure = unsureSince === undefined ? 'open' : 'open, not certain any more';
  return {
    cells: [
      finding.id,
      finding.severity,
      exemption === undefined ? sure : `exempt until ${exemption.until}`,
      finding.rule,
      finding.policy,
      finding.account,
      finding.region,
      teamOfFinding(finding),
      finding.address,
      finding.kind,
      finding.path,
      finding.message,
      finding.fix,
      exemption?.id ?? null,
      finding.firstSeen,
      finding.lastSeen,
    ],
  };
}
