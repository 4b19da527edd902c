import type { RepairMode } from '../../bindings/repair.ts';
import { describeWindow, isOpen } from '../../bindings/repair-window.ts';
import { counted } from '../../report/counted.ts';
import type { RepairCoverage } from './input.ts';
import type { Breach, PlannedChange, RuleGate } from './model.ts';
import type { MendingRule } from './wishes.ts';

/** What each rule of a plan allows, and how much of it the plan takes. Rules that change nothing have no say. */
export function gatesOf(
  changes: readonly PlannedChange[],
  rules: readonly MendingRule[],
  coverage: RepairCoverage,
): RuleGate[] {
  const used = new Map<string, number>();
  for (const id of changes.flatMap((change) => change.rules)) used.set(id, (used.get(id) ?? 0) + 1);
  return rules
    .flatMap((rule): RuleGate[] => {
      const count = used.get(rule.id);
      if (count === undefined) return [];
      const { mode, caps, window, canary, stopAt } = rule.repair;
      const population = Object.hasOwn(coverage.judged, rule.id)
        ? (coverage.judged[rule.id] ?? 0)
        : 0;
      return [
        {
          rule: rule.id,
          mode,
          changes: count,
          caps,
          population,
          canary,
          stopAt,
          ...(window === undefined ? {} : { window }),
        },
      ];
    })
    .sort((a, b) => (a.rule < b.rule ? -1 : 1));
}

/** Caps that a plan breaks. One is enough: a part of too much, taken at random, is no repair. */
export function breachesOf(
  gates: readonly RuleGate[],
  { complete, gaps }: Pick<RepairCoverage, 'complete' | 'gaps'>,
): Breach[] {
  return gates.flatMap((gate) => {
    const messages = [
      overCount(gate),
      overPercent(gate),
      complete ? undefined : unread(gate, gaps),
    ];
    return messages.flatMap((message) =>
      message === undefined ? [] : [{ rule: gate.rule, message }],
    );
  });
}

function overCount({ changes, caps: { count } }: RuleGate): string | undefined {
  if (count === 'unlimited' || changes <= count) return undefined;
  return `${counted(changes, 'resource')} would change, and the rule allows ${count} (caps.count)`;
}

function overPercent({ changes, population, caps: { percent } }: RuleGate): string | undefined {
  if (percent === 'unlimited' || changes * 100 <= percent * population) return undefined;
  return `${changes} of the ${population} resources that the rule looks at would change, and it allows ${percent} % (caps.percent)`;
}

function unread({ caps: { incomplete } }: RuleGate, gaps: readonly string[]): string | undefined {
  if (incomplete === 'allow') return undefined;
  const what = gaps.length === 0 ? '' : `: ${gaps.slice(0, 3).join('; ')}`;
  return `not everything could be read${what}; a share of what was read says nothing about the whole (caps.incomplete)`;
}

const STRICTNESS: Readonly<Record<RepairMode, number>> = { automatic: 0, suggest: 1, approve: 2 };

/** The strictest mode of a plan's rules: a second person, a person, nobody. */
export function modeOf(gates: readonly RuleGate[]): RepairMode {
  return gates.reduce<RepairMode>(
    (strictest, { mode }) => (STRICTNESS[mode] > STRICTNESS[strictest] ? mode : strictest),
    'automatic',
  );
}

/** The first window that is shut, in words; `undefined` when a repair may write now. */
export function shutWindow(gates: readonly RuleGate[], now: Date): string | undefined {
  const shut = gates.find(({ window }) => window !== undefined && !isOpen(window, now));
  if (shut?.window === undefined) return undefined;
  return `${shut.rule} writes only ${describeWindow(shut.window)}`;
}

/** When a run gives up. The strictest of its rules counts. */
export interface Brakes {
  /** Resources that go first; 0: none. */
  readonly canary: number;
  readonly errors: number;
  readonly percent: number;
}

const WITHOUT_RULES: Brakes = { canary: 0, errors: 3, percent: 10 };

export function brakesOf(gates: readonly RuleGate[]): Brakes {
  if (gates.length === 0) return WITHOUT_RULES;
  const waves = gates.map(({ canary }) => canary).filter((canary) => canary > 0);
  return {
    canary: waves.length === 0 ? 0 : Math.min(...waves),
    errors: Math.min(...gates.map(({ stopAt }) => stopAt.errors)),
    percent: Math.min(...gates.map(({ stopAt }) => stopAt.percent)),
  };
}
