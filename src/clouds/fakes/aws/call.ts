import type { AwsEstate, AwsState } from './estate.ts';
import type { Faults } from './faults.ts';
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

/** An error that the service answers. */
export class AwsRefusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: string,
    message: string,
    status = 400,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.code = code;
    this.status = status;
    this.headers = headers;
  }
}

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
