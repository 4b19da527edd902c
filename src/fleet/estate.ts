import { matches } from '../bindings/match.ts';
import type { Rule } from '../bindings/rule.ts';
import { matchesAny } from '../kit/glob.ts';
import type { Verdict } from '../model/verdict.ts';
import type { RepairCoverage, RepairSubject } from '../repair/plan/input.ts';
import type { Estate, RepairScope } from '../repair/ports.ts';
import { toSubject } from '../repair/subjects.ts';
import type { Finding, Findings } from '../sweep/finding.ts';
import type { Fleet as LiveFleet, FleetResource } from '../sweep/fleet.ts';
import { unreadIn } from './gaps.ts';
import type { RunsOf } from './gaps.ts';

/** What the last sweeps left: the ground on which repairs are planned. */
export interface EstateParts {
  readonly findings: Findings;
  readonly live: LiveFleet;
  readonly runs: RunsOf;
  readonly rules: () => readonly Rule[];
}

const PAGE = 1000;

/** Resources with open findings of rules that mend, as far as the scope goes; with everything else that is open on them. */
export async function estateOf(
  parts: EstateParts,
  scope: RepairScope,
  signal: AbortSignal,
): Promise<Estate> {
  const mending = parts
    .rules()
    .filter(({ id, repair }) => repair !== undefined && (scope.rules?.includes(id) ?? true));
  const found = await mendable(parts, mending, scope, signal);
  const addresses = [...new Set(found.map(({ address }) => address))];
  const others = await openOn(parts, new Set(addresses), signal);
  const { subjects, inventories } = await subjectsOf(parts, addresses, found);
  return {
    subjects,
    verdicts: verdictsOf(others),
    coverage: await coverageOf(parts, mending, scope, inventories, signal),
  };
}

async function mendable(
  { findings }: EstateParts,
  rules: readonly Rule[],
  scope: RepairScope,
  signal: AbortSignal,
): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { id: rule } of rules) {
    for await (const page of pages((after) =>
      findings.list({ state: 'open', rule }, PAGE, after),
    )) {
      signal.throwIfAborted();
      found.push(...page.findings.filter((finding) => isMendable(scope, finding)));
    }
  }
  return found;
}

/** Rules besides the mending ones say what stays wrong. One pass over all, for a query an address would be many. */
async function openOn(
  { findings }: EstateParts,
  addresses: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Finding[]> {
  const found: Finding[] = [];
  if (addresses.size === 0) return found;
  for await (const page of pages((after) => findings.list({ state: 'open' }, PAGE, after))) {
    signal.throwIfAborted();
    found.push(...page.findings.filter(({ address }) => addresses.has(address)));
  }
  return found;
}

async function* pages<T extends { readonly next?: string }>(
  read: (after: string | undefined) => Promise<T>,
): AsyncGenerator<T> {
  let after: string | undefined;
  do {
    const page = await read(after);
    yield page;
    after = page.next;
  } while (after !== undefined);
}

/** What somebody bears is left as it is. */
function isMendable(scope: RepairScope, finding: Finding): boolean {
  return finding.exemption === undefined && isIn(scope, finding);
}

function isIn(
  { accounts, regions, kinds, addresses }: RepairScope,
  one: Pick<Finding, 'account' | 'region' | 'kind' | 'address'>,
): boolean {
  return (
    holds(accounts, one.account) &&
    holds(regions, one.region) &&
    holds(kinds, one.kind) &&
    holds(addresses, one.address)
  );
}

function holds(globs: readonly string[] | undefined, value: string): boolean {
  return globs === undefined || matchesAny(globs, value);
}

function verdictsOf(findings: readonly Finding[]): Verdict[] {
  const grouped = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule, finding.address]);
    const group = grouped.get(key);
    if (group === undefined) grouped.set(key, [finding]);
    else group.push(finding);
  }
  return [...grouped.values()].flatMap((group): Verdict[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { rule, policy, severity, enforcement, address, kind } = first;
    const subject = { rule, policy, severity, enforcement, address, kind };
    const violations = group.map(({ path, message, expected, actual, fix }) => ({
      ...{ address, path, message, expected, actual, fix },
    }));
    const said =
      first.exemption === undefined
        ? { verdict: 'violation' as const, violations }
        : {
            verdict: 'exempt' as const,
            violations,
            exemption: first.exemption.id,
            exemptedBy: first.exemption,
          };
    return [{ ...subject, onUnknown: 'record', ...said }];
  });
}

async function subjectsOf(
  { live }: EstateParts,
  addresses: readonly string[],
  findings: readonly Finding[],
): Promise<{ subjects: RepairSubject[]; inventories: ReadonlySet<string> }> {
  const resources = await live.findAll(addresses);
  const above = [...new Set(resources.flatMap(({ parents }) => parents))];
  const parents = new Map((await live.findAll(above)).map((one) => [one.address, one]));
  const find = (address: string): FleetResource | undefined => parents.get(address);
  const code = codeOf(findings);
  return {
    subjects: resources.map((one) => toSubject(madeByCode(one, code), find, code.get(one.address))),
    inventories: new Set(resources.map(({ inventory }) => inventory)),
  };
}

/** Where a plan that the gate judged declares a resource. What the gate admits to a cluster is no plan. */
function codeOf(findings: readonly Finding[]): ReadonlyMap<string, string> {
  return new Map(
    findings.flatMap(({ address, provider, gate }) =>
      gate === undefined || provider === 'kubernetes' ? [] : [[address, gate.address] as const],
    ),
  );
}

/** A plan made it, so code and cloud would fight over a change. */
function madeByCode(live: FleetResource, code: ReadonlyMap<string, string>): FleetResource {
  if (live.managedBy !== undefined || !code.has(live.address)) return live;
  return { ...live, managedBy: { tool: 'terraform', name: '' } };
}

async function coverageOf(
  parts: EstateParts,
  rules: readonly Rule[],
  scope: RepairScope,
  inventories: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<RepairCoverage> {
  const judged: Record<string, number> = {};
  for await (const page of pages((after) => parts.live.list({}, PAGE, after))) {
    signal.throwIfAborted();
    for (const live of page.resources) {
      if (!isIn(scope, live)) continue;
      const { resource } = toSubject(live, () => undefined);
      for (const rule of rules)
        if (live.taggable && matches(rule, resource)) judged[rule.id] = (judged[rule.id] ?? 0) + 1;
    }
  }
  const gaps = await unreadIn(parts.runs, inventories, scope);
  return { complete: gaps.length === 0, gaps, judged };
}
