import { ToolchainError } from './errors.ts';

const MEMORY_SECTION = 5;
const HEADER_BYTES = 8;
const HAS_MAXIMUM = 1;

/**
 * A module that defines its own memory without a maximum, with one: growing past it then fails inside the module,
 * which no watching from outside could do in time.
 *
 * Format: WebAssembly core specification 2.0, §5.5.8 (memory section) and §5.3.6 (limits).
 *
 * @param pages pages of 64 KiB, at least the module's initial memory.
 * @throws ToolchainError TOOLCHAIN_BROKEN when the module has no such memory, TOOLCHAIN_MEMORY when it starts larger.
 */
export function capMemory(wasm: Uint8Array, pages: number): Uint8Array {
  for (let at = HEADER_BYTES; at < wasm.length;) {
    const size = readUnsigned(wasm, at + 1);
    if (wasm[at] === MEMORY_SECTION) {
      const section = memorySection(initialPages(wasm, size.next), pages);
      return concat([wasm.subarray(0, at), section, wasm.subarray(size.next + size.value)]);
    }
    at = size.next + size.value;
  }
  throw new ToolchainError('TOOLCHAIN_BROKEN', 'the toolchain module defines no memory');
}

function initialPages(wasm: Uint8Array, at: number): number {
  const count = readUnsigned(wasm, at);
  if (count.value !== 1) {
    throw new ToolchainError(
      'TOOLCHAIN_BROKEN',
      `the toolchain module has ${count.value} memories`,
    );
  }
  // One byte of flags, then the initial size.
  return readUnsigned(wasm, count.next + 1).value;
}

function memorySection(initial: number, maximum: number): Uint8Array {
  if (initial > maximum) {
    throw new ToolchainError(
      'TOOLCHAIN_MEMORY',
      `the toolchain needs ${initial} pages of memory to start and may have ${maximum}`,
    );
  }
  const limits = [1, HAS_MAXIMUM, ...writeUnsigned(initial), ...writeUnsigned(maximum)];
  return Uint8Array.from([MEMORY_SECTION, ...writeUnsigned(limits.length), ...limits]);
}

/** LEB128, §5.2.2. */
function readUnsigned(bytes: Uint8Array, start: number): { value: number; next: number } {
  let value = 0;
  for (let at = start, factor = 1; at < bytes.length && at < start + 5; at++, factor *= 128) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return { value, next: at + 1 };
  }
  throw new ToolchainError('TOOLCHAIN_BROKEN', 'the toolchain module is cut off');
}

function writeUnsigned(value: number): number[] {
  const low = value % 128;
  const rest = Math.floor(value / 128);
  return rest === 0 ? [low] : [low + 128, ...writeUnsigned(rest)];
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
