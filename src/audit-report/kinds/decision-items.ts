import type { StoredRecord } from '../../ledger/ledger.ts';
import type { Decision } from '../../model/decision.ts';
import type { Policy } from '../../model/policy.ts';
import type { Column, Item, Row } from '../report.ts';
import { COLUMN } from './columns.ts';

/** What a decision said of one resource, in one line. */
interface Said {
  readonly effect: 'denied' | 'warned' | 'recorded' | 'exempt' | 'unknown' | 'failed';
  readonly rule: string;
  readonly policy: string;
  readonly severity: string;
  readonly address: string;
  readonly kind: string;
  readonly path: string;
  readonly message: string;
  readonly fix: string;
  readonly exemption: string;
}

export const SAID_COLUMNS: readonly Column[] = [
  COLUMN.sequence,
  COLUMN.decision,
  COLUMN.time,
  { id: 'effect', title: 'Effect', type: 'text' },
  COLUMN.severity,
  COLUMN.rule,
  COLUMN.policy,
  COLUMN.address,
  COLUMN.kind,
  COLUMN.path,
  COLUMN.message,
  COLUMN.fix,
  COLUMN.exemption,
];

export function* saidRows({ sequence, id, time, decision }: StoredRecord): Generator<Row> {
  for (const said of saidOf(decision)) {
    const { effect, severity, rule, policy, address, kind, path, message, fix, exemption } = said;
    const what = [effect, severity, rule, policy, address, kind, path, message, fix, exemption];
    yield { cells: [sequence, id, time, ...what], quotes: sequence };
  }
}

function saidOf(decision: Decision): Said[] {
  const { violations, warnings, recorded, exempt, unknown, failed } = decision;
  const none = { path: '', fix: '', exemption: '' };
  const named = (effect: Said['effect'], list: Decision['violations']): Said[] =>
    list.map((one) => ({ ...one, effect, exemption: one.exemption ?? '' }));
  return [
    ...named('denied', violations),
    ...named('warned', warnings),
    ...named('recorded', recorded),
    ...named('exempt', exempt),
    ...unknown.map((one) => ({
      ...none,
      ...one,
      effect: 'unknown' as const,
      path: one.paths.join(', '),
      message: `not known: ${one.title}`,
    })),
    ...failed.map((one) => ({ ...none, ...one, effect: 'failed' as const, message: one.reason })),
  ];
}

/** Violations of a decision in the words of other tools; the policies of now tell their titles and controls. */
export function* itemsOf(
  { sequence, id, time, decision }: StoredRecord,
  policies: ReadonlyMap<string, Policy>,
): Generator<Item> {
  const { violations, warnings, recorded, exempt, unknown, failed } = decision;
  const about = (policy: string) => ({
    title: policies.get(policy)?.title ?? policy,
    controls: controlsOf(policies.get(policy)),
    scope: {},
    time,
    reference: id,
    quotes: sequence,
  });
  for (const { exemption: _, ...one } of [...violations, ...warnings, ...recorded])
    yield { ...one, verdict: 'violation', ...about(one.policy) };
  for (const { exemption = '', ...one } of exempt)
    yield { ...one, verdict: 'exempt', exemption, ...about(one.policy) };
  const bare = { fix: '', link: '', path: '' };
  for (const one of unknown) {
    const message = `It is not known whether this holds: it hangs on ${one.paths.join(', ')}.`;
    yield { ...bare, ...one, verdict: 'unknown', message, ...about(one.policy) };
  }
  for (const one of failed) {
    const message = `It could not be judged: ${one.reason}`;
    yield {
      ...bare,
      ...one,
      enforcement: 'deny',
      verdict: 'unknown',
      message,
      ...about(one.policy),
    };
  }
}

export function controlsOf(policy: Policy | undefined): Item['controls'] {
  return (policy?.controls ?? []).map(({ framework, control }) => ({ framework, control }));
}
