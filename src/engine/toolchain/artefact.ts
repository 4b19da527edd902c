import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { z } from 'zod';

import { sha256 } from '../../kit/digest.ts';
import { messageOf } from '../../kit/errors.ts';
import { ToolchainError } from './errors.ts';
import { capMemory } from './memory-cap.ts';

/** Where the built toolchain lies, seen from `src/` and from `dist/` alike. */
export const SHIPPED_ARTEFACT: string = fileURLToPath(
  new URL('../../../rego/dist/', import.meta.url),
);

const Manifest = z.strictObject({
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  bytes: z
    .int()
    .min(1)
    .max(256 << 20),
  opa: z.string(),
  go: z.string(),
});
/** `toolchain.json`: of the uncompressed module. */
export type Manifest = z.infer<typeof Manifest>;

/**
 * What `toolchain.json` says, without touching the module: a start that finds its policies compiled needs no more.
 *
 * @throws ToolchainError TOOLCHAIN_BROKEN when it is missing or is not a manifest.
 */
export function readManifest(folder: string): Manifest {
  try {
    return Manifest.parse(JSON.parse(readFileSync(`${folder}/toolchain.json`, 'utf8')));
  } catch (thrown) {
    throw broken(`cannot read ${folder}/toolchain.json: ${messageOf(thrown)}`, thrown);
  }
}

const modules = new Map<string, Promise<WebAssembly.Module>>();

/**
 * The toolchain's module with its memory capped; unpacked, checked and compiled once a process.
 *
 * @param memoryPages the most memory it may take, in pages of 64 KiB.
 * @throws ToolchainError TOOLCHAIN_BROKEN when the file is not what the manifest says.
 */
export function loadModule(
  folder: string,
  manifest: Manifest,
  memoryPages: number,
): Promise<WebAssembly.Module> {
  const key = `${folder}\n${manifest.digest}\n${memoryPages}`;
  const known = modules.get(key);
  if (known !== undefined) return known;
  const loading = unpack(folder, manifest).then((wasm) =>
    WebAssembly.compile(capMemory(wasm, memoryPages)),
  );
  modules.set(key, loading);
  // A failure is not kept: the file may be mended while the process lives.
  loading.catch(() => modules.delete(key));
  return loading;
}

async function unpack(folder: string, manifest: Manifest): Promise<Uint8Array> {
  const file = `${folder}/toolchain.wasm.br`;
  try {
    const packed = await readFile(file);
    // One byte more than promised, so that a longer one is noticed and a bomb is not unpacked.
    const wasm = await promisify(brotliDecompress)(packed, { maxOutputLength: manifest.bytes + 1 });
    if (sha256(wasm) === manifest.digest) return wasm;
  } catch (thrown) {
    throw broken(`cannot read ${file}: ${messageOf(thrown)}`, thrown);
  }
  throw broken(`${file} is not the module that toolchain.json names`);
}

function broken(message: string, cause?: unknown): ToolchainError {
  const help = 'Install Portcullis again, or rebuild it with `npm run build:rego`.';
  return new ToolchainError('TOOLCHAIN_BROKEN', message, [], { help, cause });
}
