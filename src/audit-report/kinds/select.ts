import type { Decision } from '../../model/decision.ts';
import type { Policy } from '../../model/policy.ts';
import type { Finding } from '../../sweep/finding.ts';
import type { ReportAsk } from '../ask.ts';
import { ReportError } from '../errors.ts';
import type { ReportReaders } from '../readers.ts';

/** By what a team is known; in this order, whatever the capitals. */
const TEAM_KEYS = ['team', 'owner'];
const ACCOUNT_KEYS = ['account', 'subscription', 'project', 'cluster'];

/** Said for a team that nobody could read: it is not the same as none. */
export const UNREAD = '(unknown)';

export function teamOfFinding({ tags }: Finding): string {
  if (tags.state === 'unknown') return UNREAD;
  const hidden = tags.unknown.some((key) => TEAM_KEYS.includes(key.toLowerCase()));
  return pick(tags.values, TEAM_KEYS) ?? (hidden ? UNREAD : '');
}

/** A request says by its labels whose it is. */
export function teamOfDecision({ context }: Decision): string {
  return pick(context.labels ?? {}, TEAM_KEYS) ?? '';
}

export function accountOfDecision({ context }: Decision): string {
  return pick(context.labels ?? {}, ACCOUNT_KEYS) ?? '';
}

function pick(
  values: Readonly<Record<string, string>>,
  keys: readonly string[],
): string | undefined {
  const byName = new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]));
  return keys.map((key) => byName.get(key)).find((value) => value !== undefined);
}

/** Ids of the policies that serve a framework. @throws ReportError REPORT_INVALID when none does. */
export function policiesOf(framework: string, policies: readonly Policy[]): ReadonlySet<string> {
  const wanted = framework.toLowerCase();
  const serving = policies.filter(({ controls }) =>
    controls.some((control) => control.framework.toLowerCase().includes(wanted)),
  );
  if (serving.length > 0) return new Set(serving.map(({ id }) => id));
  const known = new Set(policies.flatMap(({ controls }) => controls.map((one) => one.framework)));
  throw new ReportError('REPORT_INVALID', `No policy serves the framework ${framework}.`, {
    help: known.size === 0 ? 'None serves any.' : `There are: ${[...known].sort().join(', ')}.`,
  });
}

/** Decides by the rules of something whether it is asked for; what has several is when one of them is. */
export function ruleSelector(
  { rule, framework }: ReportAsk,
  readers: Pick<ReportReaders, 'policies' | 'rules'>,
): (rules: readonly string[]) => boolean {
  const serving = framework === undefined ? undefined : policiesOf(framework, readers.policies());
  const served = new Set(
    readers.rules().flatMap(({ id, policy }) => (serving?.has(policy.id) === true ? [id] : [])),
  );
  return (rules) =>
    (rule === undefined || rules.includes(rule)) &&
    (serving === undefined || rules.some((id) => served.has(id)));
}

/** Decides whether a decision is asked for, as far as the ledger does not. */
export function decisionSelector(
  { account, team, framework }: ReportAsk,
  policies: readonly Policy[],
): (decision: Decision) => boolean {
  const serving = framework === undefined ? undefined : policiesOf(framework, policies);
  return (decision) =>
    (account === undefined || accountOfDecision(decision) === account) &&
    (team === undefined || teamOfDecision(decision) === team) &&
    (serving === undefined || spoke(decision).some((policy) => serving.has(policy)));
}

function spoke({ violations, warnings, recorded, exempt, unknown, failed }: Decision): string[] {
  return [violations, warnings, recorded, exempt, unknown, failed].flatMap((list) =>
    list.map(({ policy }) => policy),
  );
}

/** The account of a resource, by its scope. */
export function accountOfScope(scope: Readonly<Record<string, string>>): string {
  return ACCOUNT_KEYS.map((key) => scope[key]).find((value) => value !== undefined) ?? '';
}
