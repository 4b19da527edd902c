import { memoryError } from '../errors.ts';
import type { Builtin } from './builtin.ts';
import { contains, formatAddress, formatNetwork, last, parseAddress, parseNetwork } from './ip.ts';
import type { Network } from './ip.ts';
import { collection, operand, text } from './operands.ts';
import { BuiltinError, isArray, set } from './value.ts';
import type { RegoValue } from './value.ts';

/** Networks; containment and overlap of two are in the module itself. */
export const NET = {
  'net.cidr_is_valid': ([value]) => typeof value === 'string' && isNetwork(value),
  'net.cidr_expand': (values) => expand(parseNetwork(text(values, 0))),
  'net.cidr_merge': (values) => set(merge(collection(values, 0).map(networkOf)).map(formatNetwork)),
  'net.cidr_contains_matches': (values) => containsMatches(operand(values, 0), operand(values, 1)),
} as const satisfies Record<string, Builtin>;

function isNetwork(value: string): boolean {
  try {
    parseNetwork(value);
    return true;
  } catch {
    return false;
  }
}

/** A /8 has sixteen million addresses: nobody judges those one by one. */
const MOST_ADDRESSES = 1n << 18n;

function expand(network: Network): RegoValue {
  const count = last(network) - network.value + 1n;
  if (count > MOST_ADDRESSES) throw memoryError();
  return set(
    Array.from({ length: Number(count) }, (_, i) =>
      formatAddress({ bits: network.bits, value: network.value + BigInt(i) }),
    ),
  );
}

/** An IPv4 address without a prefix stands for the network of its historic class, as Go's DefaultMask has it. */
function networkOf(value: RegoValue): Network {
  if (typeof value !== 'string') throw new BuiltinError('element must be string');
  const address = parseAddress(value);
  if (address === undefined) return parseNetwork(value);
  if (address.bits === 128) throw new BuiltinError('IPv6 invalid: needs prefix length');
  const top = Number(address.value >> 24n);
  return { ...address, prefix: top < 128 ? 8 : top < 192 ? 16 : 24 };
}

interface Range {
  readonly bits: 32 | 128;
  readonly from: bigint;
  readonly to: bigint;
  /** Undefined when ranges were joined. */
  readonly network: Network | undefined;
}

function merge(networks: readonly Network[]): Network[] {
  const ranges = networks.map((network): Range => ({
    bits: network.bits,
    ...bounds(network),
    network,
  }));
  ranges.sort((a, b) => a.bits - b.bits || order(a.to, b.to) || order(a.from, b.from));
  for (let i = ranges.length - 1; i > 0; i--) {
    const [lower, upper] = [ranges[i - 1], ranges[i]];
    if (lower === undefined || upper === undefined || !touch(lower, upper)) continue;
    const from = lower.from < upper.from ? lower.from : upper.from;
    ranges.splice(i - 1, 2, { bits: lower.bits, from, to: upper.to, network: undefined });
  }
  return ranges.flatMap((range) => (range.network === undefined ? cover(range) : [range.network]));
}

function touch(lower: Range, upper: Range): boolean {
  return lower.bits === upper.bits && upper.from - 1n <= lower.to;
}

function bounds(network: Network): { readonly from: bigint; readonly to: bigint } {
  const to = last(network);
  return { from: to - ((1n << BigInt(network.bits - network.prefix)) - 1n), to };
}

function order(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The fewest networks that make up a range: each as large as its start and what is left allow. */
function cover({ bits, from, to }: Range): Network[] {
  const found: Network[] = [];
  let at = from;
  while (at <= to) {
    let host = 0n;
    while (host < BigInt(bits) && (at >> host) % 2n === 0n && at + (2n << host) - 1n <= to) host++;
    found.push({ value: at, bits, prefix: bits - Number(host) });
    at += 1n << host;
  }
  return found;
}

function containsMatches(networks: RegoValue, addresses: RegoValue): RegoValue {
  const pairs: RegoValue[] = [];
  const inner = candidates(addresses).map(([text_, index]) => ({ range: rangeOf(text_), index }));
  for (const [outer, index] of candidates(networks)) {
    const network = parseNetwork(outer);
    for (const { range, index: other } of inner) {
      const holds =
        contains(network, range) && contains(network, { bits: range.bits, value: last(range) });
      if (holds) pairs.push([index, other]);
    }
  }
  return set(pairs);
}

/** An address is a network of one. */
function rangeOf(value: string): Network {
  const address = parseAddress(value);
  return address === undefined ? parseNetwork(value) : { ...address, prefix: address.bits };
}

/** Texts with what stands for them in the answer: position, key, or the member itself. */
function candidates(value: RegoValue): (readonly [text: string, index: RegoValue])[] {
  if (typeof value === 'string') return [[value, value]];
  if (value === null || typeof value !== 'object') return [];
  if (isArray(value)) return value.map((element, i) => [candidate(element), BigInt(i)]);
  if (value.type === 'set') return value.members.map((element) => [candidate(element), element]);
  return value.type === 'object'
    ? value.entries.map(([key, element]) => [candidate(element), key])
    : [];
}

function candidate(element: RegoValue): string {
  const found =
    element !== null && typeof element === 'object' && isArray(element) ? element[0] : element;
  if (typeof found === 'string') return found;
  throw new BuiltinError('element must be string or non-empty array');
}
