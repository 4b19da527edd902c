import type { Rule } from '../../../src/bindings/rule.ts';
import type { Batch, Engine, JobResult, RawViolation } from '../../../src/engine/engine.ts';
import type { Resource } from '../../../src/model/resource.ts';
import type { Verdict } from '../../../src/model/verdict.ts';
import { resource } from '../../rules.ts';

/** An engine that answers each job by a script, and keeps what it was asked. */
export function scripted(
  answer: (seen: readonly Seen[], id: string) => readonly RawViolation[] | Failure,
) {
  const batches: Batch[] = [];
  const engine: Engine = {
    evaluate: (batch) => {
      batches.push(batch);
      return Promise.resolve(
        batch.jobs.map((job): JobResult => {
          const said = answer(inputOf(batch, job.resources), job.id);
          return 'code' in said
            ? { id: job.id, ok: false, ...said }
            : { id: job.id, ok: true, violations: said };
        }),
      );
    },
    close: () => Promise.resolve(),
  };
  return { engine, batches };
}

interface Failure {
  readonly code: 'ENGINE_TIMEOUT';
  readonly reason: string;
}
export type Seen = Record<string, unknown> & { readonly address: string };

export function inputOf(batch: Batch, positions: readonly number[]): Seen[] {
  return positions.map((position): Seen => JSON.parse(batch.resources[position]!) as Seen);
}

export function request(resources: readonly Resource[], ...rules: readonly Rule[]) {
  return {
    resources,
    rules: { digest: 'sha256:0', rules },
    point: 'pre-apply',
    context: { point: 'pre-apply' },
    now: '2026-11-22T08:00:00Z',
    deadlineMs: 1000,
  } as const;
}

export const noOwner = (address: string): RawViolation => ({
  address,
  path: 'tags.owner',
  message: 'no owner',
});
/** What the required-tags policy does: absent is wrong. */
export const wantsOwner = (seen: readonly Seen[]): RawViolation[] =>
  seen.filter(({ tags }) => !owns(tags, 'owner')).map(({ address }) => noOwner(address));

export const named = (address: string, given: Partial<Resource> = {}): Resource =>
  resource({ address, ...given });
export const byAddress = (verdicts: readonly Verdict[]) =>
  Object.fromEntries(verdicts.map((verdict) => [verdict.address, verdict.verdict]));

function owns(value: unknown, key: string): boolean {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, key);
}
