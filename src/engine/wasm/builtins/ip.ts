import { BuiltinError } from './value.ts';

/** An address as a number, with the bits of its family. */
export interface Address {
  readonly value: bigint;
  readonly bits: 32 | 128;
}

/** A network: `value` has no host bits. */
export interface Network extends Address {
  readonly prefix: number;
}

/** `undefined` for what is no address. Go refuses leading zeros, and so do we. */
export function parseAddress(text: string): Address | undefined {
  if (!text.includes(':')) {
    const value = parseV4(text);
    return value === undefined ? undefined : { value, bits: 32 };
  }
  const value = parseV6(text);
  if (value === undefined) return undefined;
  // An IPv4 address in IPv6 clothes is an IPv4 address to Go.
  return value >> 32n === 0xffffn ? { value: value & 0xffffffffn, bits: 32 } : { value, bits: 128 };
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

function parseV6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(groups);
  if (head === undefined) return undefined;
  if (halves.length === 1) return head.length === 8 ? join(head) : undefined;
  if (tail === undefined || head.length + tail.length > 7) return undefined;
  return join([
    ...head,
    ...Array.from({ length: 8 - head.length - tail.length }, () => 0n),
    ...tail,
  ]);
}

function groups(text: string): bigint[] | undefined {
  if (text === '') return [];
  const found: bigint[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    const v4 = i === parts.length - 1 && part.includes('.') ? parseV4(part) : undefined;
    if (v4 !== undefined) found.push(v4 >> 16n, v4 & 0xffffn);
    else if (/^[\da-fA-F]{1,4}$/.test(part)) found.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return found;
}

function join(parts: readonly bigint[]): bigint {
  return parts.reduce((value, part) => (value << 16n) | part, 0n);
}

/** `address/prefix`; host bits are let go. @throws BuiltinError when it is none. */
export function parseNetwork(text: string): Network {
  const slash = text.indexOf('/');
  const address = slash === -1 ? undefined : parseAddress(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (address === undefined || !/^(?:0|[1-9]\d{0,2})$/.test(length)) throw notNetwork(text);
  const mapped = text.slice(0, slash).includes(':') && address.bits === 32;
  const prefix = Number(length) - (mapped ? 96 : 0);
  if (prefix < 0 || prefix > address.bits) throw notNetwork(text);
  return { ...address, value: first(address, prefix), prefix };
}

function notNetwork(text: string): BuiltinError {
  return new BuiltinError(`invalid CIDR address: ${text}`);
}

function hostMask(bits: number, prefix: number): bigint {
  return (1n << BigInt(bits - prefix)) - 1n;
}

function first({ value, bits }: Address, prefix: number): bigint {
  return value & ~hostMask(bits, prefix);
}

/** The last address of a network. */
export function last({ value, bits, prefix }: Network): bigint {
  return value | hostMask(bits, prefix);
}

export function contains(network: Network, { value, bits }: Address): boolean {
  return network.bits === bits && first({ value, bits }, network.prefix) === network.value;
}

export function formatNetwork(network: Network): string {
  return `${formatAddress(network)}/${network.prefix}`;
}

export function formatAddress({ value, bits }: Address): string {
  if (bits === 32)
    return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join('.');
  const parts = Array.from({ length: 8 }, (_, i) =>
    ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16),
  );
  const { start, length } = longestZeros(parts);
  if (length < 2) return parts.join(':');
  return `${parts.slice(0, start).join(':')}::${parts.slice(start + length).join(':')}`;
}

function longestZeros(parts: readonly string[]): {
  readonly start: number;
  readonly length: number;
} {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (const [i, part] of parts.entries()) {
    if (part !== '0') start = i + 1;
    else if (i + 1 - start > best.length) best = { start, length: i + 1 - start };
  }
  return best;
}
