// Compiles the policies of this repository into dist/compiled/, from where every gate and every check takes them.
import { chmodSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { loadPolicySet } from '../dist/engine/policy-set/load.js';
import { wasmToolchain } from '../dist/engine/toolchain/wasm-toolchain.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = path.join(ROOT, 'dist/compiled');

try {
  handOut(await compile());
} catch (error) {
  process.stderr.write(`The policies were not compiled: ${error.message}\n`);
  process.exitCode = 1;
}

async function compile() {
  const { digest } = await loadPolicySet({
    folders: [path.join(ROOT, 'policies')],
    toolchain: () => wasmToolchain(),
    cacheFolder: FOLDER,
  });
  return digest.replace('sha256:', '');
}

/** To whoever may read the program. Earlier versions of the policies would only be carried along. */
function handOut(wanted) {
  chmodSync(FOLDER, 0o755);
  for (const name of readdirSync(FOLDER)) {
    const file = path.join(FOLDER, name);
    if (name.startsWith(wanted)) chmodSync(file, 0o644);
    else rmSync(file);
  }
}
