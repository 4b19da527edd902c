import { BuiltinError, isArray, typeName } from './value.ts';
import type { RegoObject, RegoSet, RegoValue } from './value.ts';

/** Reading the operands of a call; `at` counts from 0. What does not fit makes the call undefined. */

export function text(values: readonly RegoValue[], at: number): string {
  const value = values[at];
  if (typeof value === 'string') return value;
  throw mismatch('string', at, value);
}

export function integer(values: readonly RegoValue[], at: number): bigint {
  const value = operand(values, at);
  if (typeof value === 'bigint') return value;
  // 2.0 is an integer to OPA.
  if (isDecimal(value)) {
    const number = Number(value.text);
    if (Number.isInteger(number)) return BigInt(number);
  }
  throw mismatch('integer', at, value);
}

function isDecimal(value: RegoValue): value is { readonly type: 'decimal'; readonly text: string } {
  return value !== null && typeof value === 'object' && !isArray(value) && value.type === 'decimal';
}

export function boolean(values: readonly RegoValue[], at: number): boolean {
  const value = values[at];
  if (typeof value === 'boolean') return value;
  throw mismatch('boolean', at, value);
}

export function array(values: readonly RegoValue[], at: number): readonly RegoValue[] {
  const value = operand(values, at);
  if (isArray(value)) return value;
  throw mismatch('array', at, value);
}

export function objectAt(values: readonly RegoValue[], at: number): RegoObject {
  const value = operand(values, at);
  if (isObject(value)) return value;
  throw mismatch('object', at, value);
}

/** The elements of an array or a set. */
export function collection(values: readonly RegoValue[], at: number): readonly RegoValue[] {
  const value = operand(values, at);
  if (isArray(value)) return value;
  if (isSet(value)) return value.members;
  throw mismatch('array or set', at, value);
}

export function operand(values: readonly RegoValue[], at: number): RegoValue {
  const value = values[at];
  if (value === undefined) throw mismatch('value', at, value);
  return value;
}

export function isObject(value: RegoValue): value is RegoObject {
  return value !== null && typeof value === 'object' && !isArray(value) && value.type === 'object';
}

export function isSet(value: RegoValue): value is RegoSet {
  return value !== null && typeof value === 'object' && !isArray(value) && value.type === 'set';
}

function mismatch(wanted: string, at: number, value: RegoValue | undefined): BuiltinError {
  const got = value === undefined ? 'nothing' : typeName(value);
  return new BuiltinError(`operand ${at + 1} must be ${wanted} but got ${got}`);
}
