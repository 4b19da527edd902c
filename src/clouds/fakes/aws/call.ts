import type { AwsEstate, AwsState } from './estate.ts';
import type { Faults } from './faults.ts';
import { AwsRefusal } from './refusal.ts';
import type { Sessions } from './sessions.ts';

/** One request, after the protocol and the credentials of it were understood. */
export interface FakeCall {
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What operations work on. */
export interface FakeWorld {
  readonly estate: AwsEstate;
  readonly state: AwsState;
  readonly faults: Faults;
  readonly sessions: Sessions;
  readonly clock: () => Date;
}

export type Operation = (call: FakeCall, world: FakeWorld) => unknown;

/** Refuses a list that is longer or shorter than the service's model says. */
export function limited<T>(
  values: readonly T[],
  name: string,
  [least, most]: readonly [number, number],
  code = 'InvalidParameterException',
): readonly T[] {
  if (values.length >= least && values.length <= most) return values;
  throw new AwsRefusal(
    code,
    `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must have length between ${least} and ${most}`,
  );
}
