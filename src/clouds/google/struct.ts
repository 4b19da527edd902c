import { isRecord } from '../../kit/record.ts';

/** Deeper than any resource of a cloud is. */
const DEEPEST = 100;

/**
 * Plain JSON of a `google.protobuf.Struct` as Google's client gives it: `{fields: {name: {kind: 'stringValue', …}}}`.
 * Undefined where it is none.
 */
export function fromStruct(struct: unknown, depth = 0): Record<string, unknown> | undefined {
  if (!isRecord(struct) || !isRecord(struct['fields']) || depth > DEEPEST) return undefined;
  return Object.fromEntries(
    Object.entries(struct['fields']).map(([name, value]) => [name, fromValue(value, depth + 1)]),
  );
}

function fromValue(value: unknown, depth: number): unknown {
  if (!isRecord(value)) return undefined;
  if ('stringValue' in value) return value['stringValue'];
  if ('numberValue' in value) return value['numberValue'];
  if ('boolValue' in value) return value['boolValue'];
  if ('structValue' in value) return fromStruct(value['structValue'], depth);
  if ('listValue' in value) return fromList(value['listValue'], depth);
  return null;
}

function fromList(list: unknown, depth: number): unknown {
  const values = isRecord(list) ? list['values'] : undefined;
  return Array.isArray(values) ? values.map((value) => fromValue(value, depth + 1)) : [];
}
