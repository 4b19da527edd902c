import { exemptionSet } from '../../../src/bindings/exemption.ts';
import type { RuleSet } from '../../../src/bindings/rule.ts';
import type { Engine, RawViolation } from '../../../src/engine/engine.ts';
import { LedgerError } from '../../../src/ledger/errors.ts';
import type { LedgerReader, StoredRecord } from '../../../src/ledger/ledger.ts';
import type { Decision } from '../../../src/model/decision.ts';
import type { Resource } from '../../../src/model/resource.ts';
import { redactedInput } from '../../../src/redact/resource.ts';
import type { Candidate } from '../../../src/replay/candidate.ts';
import { decision } from '../../decisions.ts';
import { rule } from '../../rules.ts';

/** A resource as a policy is handed it. */
type Seen = Readonly<Record<string, unknown>> & { readonly address: string };

/** An engine whose only policy is a function, and how many jobs it had. */
export function scriptedEngine(
  judge: (resource: Seen, now: string) => readonly RawViolation[],
): Engine & { readonly asked: () => number } {
  let asked = 0;
  return {
    asked: () => asked,
    evaluate: ({ jobs, resources, now }) => {
      asked += jobs.length;
      return Promise.resolve(
        jobs.map((job) => ({
          id: job.id,
          ok: true,
          violations: job.resources.flatMap((at) =>
            judge(JSON.parse(resources[at] ?? '{}') as Seen, now),
          ),
        })),
      );
    },
    close: () => Promise.resolve(),
  };
}

export const noOwner = ({ address, ...seen }: Seen): readonly RawViolation[] => {
  const tags = (seen['tags'] ?? {}) as Record<string, string>;
  return tags['owner'] === undefined ? [{ address, path: 'tags.owner', message: 'no owner' }] : [];
};

export function ruleSetOf(...rules: RuleSet['rules']): RuleSet {
  return { digest: 'rules', rules };
}

export function candidateOf(engine: Engine, given: Partial<Candidate> = {}): Candidate {
  return {
    engine,
    policySet: { digest: 'policies', policies: [] },
    rules: ruleSetOf(rule()),
    exemptions: exemptionSet([]),
    isConstant: () => true,
    sameRule: () => false,
    deadlineMs: 1000,
    ...given,
  };
}

export interface Kept {
  readonly decision: Decision;
  /** 'damaged' for what is not what was written. */
  readonly input: string | undefined;
  /** What was decided aged out, or was erased. */
  readonly gone?: true;
}

export function keptDecision(
  number: number,
  resources: readonly Resource[] | undefined,
  given: Partial<Decision> = {},
): Kept {
  return {
    decision: decision({ id: `decision-${number}`, ...given }),
    input: resources === undefined ? undefined : redactedInput(resources),
  };
}

/** A ledger in memory, the newest decision last. */
export function ledgerOf(kept: readonly Kept[]): Pick<LedgerReader, 'list' | 'input'> {
  const records = kept.map(({ decision: made }, sequence): StoredRecord => ({
    ...{ sequence, id: made.id, time: made.time, type: 'decision', decision: made },
  }));
  const isGone = ({ sequence }: StoredRecord): boolean => kept[sequence]?.gone === true;
  return {
    list: ({ limit, before = records.length }) => {
      const older = records.slice(0, before).reverse();
      const next = older[limit - 1];
      const page = older.slice(0, limit);
      return Promise.resolve({
        records: page.filter((record) => !isGone(record)),
        gone: page.filter(isGone).map(({ decision: _, ...header }) => header),
        ...(older.length > limit && next !== undefined ? { next: next.sequence } : {}),
      });
    },
    input: (id) => {
      const found = kept.find(({ decision: made }) => made.id === id)?.input;
      return found === 'damaged'
        ? Promise.reject(new LedgerError('LEDGER_CORRUPT', 'it was changed'))
        : Promise.resolve(found);
    },
  };
}
