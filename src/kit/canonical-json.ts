/**
 * Canonical JSON by RFC 8785: keys sorted by UTF-16 code units, numbers as ECMAScript prints them, no white space.
 * It is the input of every digest, so its output must never change.
 *
 * @param value a JSON value; object members that are `undefined` are left out.
 * @throws TypeError for what JSON cannot hold: NaN, infinities, functions, symbols, bigints, lone surrogates.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return canonicalNumber(value);
  if (typeof value === 'string') return canonicalString(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') return canonicalObject(value);
  throw new TypeError(`a ${typeof value} has no JSON form`);
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`${value} has no JSON form`);
  return JSON.stringify(value);
}

function canonicalString(value: string): string {
  // RFC 8785 §3.2.2.2: a lone surrogate has no UTF-8 form, so two readers would hash different bytes.
  if (!value.isWellFormed()) throw new TypeError('a string holds a lone surrogate');
  return JSON.stringify(value);
}

function canonicalObject(value: object): string {
  let members = '';
  // The order that `sort` has of its own is that of UTF-16 code units.
  for (const key of Object.keys(value).sort()) {
    const member: unknown = Reflect.get(value, key);
    if (member === undefined) continue;
    members += `${members === '' ? '' : ','}${canonicalString(key)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}
