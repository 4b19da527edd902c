import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Command } from 'commander';

import { canonicalJson } from '../../kit/canonical-json.ts';
import type { PolicySet } from '../../engine/policy-set.ts';
import { counted } from '../../report/counted.ts';
import type { Io } from '../io.ts';
import { tar } from './tar.ts';
import type { TarEntry } from './tar.ts';
import { openWorkspace, shown, withPolicyOptions } from './workspace.ts';
import type { PolicyOptions } from './workspace.ts';

interface BuildOptions extends PolicyOptions {
  readonly output: string;
}

/** `portcullis policy build`: the compiled set as a bundle that OPA and its SDKs load. */
export function buildCommand(io: Io): Command {
  return withPolicyOptions(new Command('build'))
    .description(
      'compile the policies to a bundle: policy.wasm, plan.json, data.json and .manifest',
    )
    .option('-o, --output <path>', 'a .tar.gz file, or a folder', 'bundle.tar.gz')
    .addHelpText(
      'after',
      '\nExamples:\n  portcullis policy build -o bundle.tar.gz\n  portcullis policy build -o build/policies',
    )
    .action(async (options: BuildOptions) => {
      const set = await openWorkspace(io, options).load();
      const target = path.resolve(io.cwd, options.output);
      write(target, bundle(set));
      io.stdout.write(
        `${shown(io, target)}: ${counted(set.policies.length, 'policy', 'policies')}, ${set.digest}\n`,
      );
    });
}

/** The files of an OPA bundle; the manifest carries every policy's metadata as well. */
function bundle(set: PolicySet): readonly TarEntry[] {
  const manifest = {
    revision: set.digest,
    roots: [''],
    rego_version: 1,
    wasm: set.policies.map(({ entrypoint }) => ({ entrypoint, module: '/policy.wasm' })),
    metadata: { policies: set.policies },
  };
  return [
    { name: '.manifest', bytes: Buffer.from(canonicalJson(manifest)) },
    { name: 'data.json', bytes: Buffer.from(set.data) },
    { name: 'plan.json', bytes: Buffer.from(set.plan) },
    { name: 'policy.wasm', bytes: set.wasm },
  ];
}

function write(target: string, files: readonly TarEntry[]): void {
  if (/\.(tar\.gz|tgz)$/.test(target)) {
    mkdirSync(path.dirname(target), { recursive: true });
    // OPA's own bundles name their files from the root, and its reader looks for the module by that name.
    const rooted = files.map(({ name, bytes }) => ({ name: `/${name}`, bytes }));
    writeFileSync(target, gzipSync(tar(rooted), { level: 9 }));
    return;
  }
  mkdirSync(target, { recursive: true });
  for (const { name, bytes } of files) writeFileSync(path.join(target, name), bytes);
}
