import type { RawViolation } from '../engine.ts';
import { EngineError } from '../errors.ts';

/**
 * Reads the result set of a `violations` rule.
 *
 * `violations` is a partial set, which is always defined: no result, or more than one, is a breakage and never "nothing
 * is wrong". A violation of a resource that the policy was not given is one too: nobody could act on it.
 *
 * @param text JSON, `[{"result": [violation, …]}]`.
 * @param addresses of the resources that the policy was given.
 * @throws EngineError ENGINE_RESULT.
 */
export function readViolations(text: string, addresses: ReadonlySet<string>): RawViolation[] {
  const results = parse(text);
  if (!Array.isArray(results) || results.length !== 1) {
    throw refuse(
      `the policy has ${Array.isArray(results) ? results.length : 'no'} results instead of one`,
    );
  }
  const only: unknown = results[0];
  const set = isRecord(only) ? only.result : undefined;
  if (!Array.isArray(set)) throw refuse('`violations` is not a set');
  return set.map((violation: unknown) => readViolation(violation, addresses));
}

const MEMBERS: ReadonlySet<string> = new Set([
  'address',
  'path',
  'message',
  'expected',
  'actual',
  'fix',
]);

function readViolation(violation: unknown, addresses: ReadonlySet<string>): RawViolation {
  if (!isRecord(violation)) throw refuse('a violation is not an object');
  const stranger = Object.keys(violation).find((name) => !MEMBERS.has(name));
  if (stranger !== undefined)
    throw refuse(`a violation has a member \`${stranger}\` that none may have`);
  const checked = toViolation(violation);
  if (addresses.has(checked.address)) return checked;
  throw refuse(`a violation names ${checked.address}, which the policy was not asked about`);
}

function toViolation({
  address,
  path,
  message,
  fix,
  expected,
  actual,
}: LooseViolation): RawViolation {
  if (typeof address !== 'string') throw refuse('a violation has no address');
  if (typeof path !== 'string') throw refuse(`the violation of ${address} has no path`);
  if (typeof message !== 'string' || message === '')
    throw refuse(`the violation of ${address} has no message`);
  if (fix !== undefined && typeof fix !== 'string')
    throw refuse(`the fix of ${address} is not text`);
  return {
    address,
    path,
    message,
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
    ...(fix === undefined ? {} : { fix }),
  };
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (cause) {
    throw new EngineError('ENGINE_RESULT', 'the policy answered with something that is not JSON', {
      cause,
    });
  }
}

interface LooseViolation {
  readonly address?: unknown;
  readonly path?: unknown;
  readonly message?: unknown;
  readonly expected?: unknown;
  readonly actual?: unknown;
  readonly fix?: unknown;
  readonly result?: unknown;
}

function isRecord(value: unknown): value is LooseViolation {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function refuse(what: string): EngineError {
  return new EngineError('ENGINE_RESULT', what, {
    help: '`violations` is a set of objects with address, path and message; expected, actual and fix may be there.',
  });
}

/** The violations of a worker's message: what `readViolations` answered there, as JSON text. */
export function parseViolations(text: string): RawViolation[] {
  const violations: unknown = JSON.parse(text);
  return Array.isArray(violations) ? violations.filter(isRecord).map(toViolation) : [];
}
