/** What is wrong with the text of one entry; undefined when it is an object in canonical JSON (RFC 8785). */
export function entryProblem(bytes: Buffer): string | undefined {
  const value = parse(bytes);
  if (value === undefined || !isObject(value)) return 'it is no JSON object';
  return canonical(value) === bytes.toString('utf8') ? undefined : 'it is not canonical JSON';
}

/** The `time` that an entry says of itself. */
export function entryTime(bytes: Buffer): string | undefined {
  const value = parse(bytes);
  const time = value !== undefined && isObject(value) ? value['time'] : undefined;
  return typeof time === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(time) ? time : undefined;
}

function parse(bytes: Buffer): unknown {
  try {
    const text = bytes.toString('utf8');
    return Buffer.from(text).equals(bytes) ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function canonical(value: unknown, depth = 0): string | undefined {
  // Nobody honest nests deeper, and recursion must not be the reader's undoing.
  if (depth > 500) return undefined;
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  // RFC 8785 sorts by UTF-16 code units, which is what a sort without a comparer does.
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key], depth + 1) ?? ''}`);
  return `{${members.join(',')}}`;
}
