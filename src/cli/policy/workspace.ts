import path from 'node:path';
import type { Command } from 'commander';

import { loadPolicies } from '../../compose.ts';
import { PolicyError } from '../../engine/policy-set/errors.ts';
import { policyFolders } from '../../engine/policy-set/layout.ts';
import type { PolicyFolder } from '../../engine/policy-set/layout.ts';
import { fromDiagnostics } from '../../engine/policy-set/load.ts';
import { readPolicyFiles } from '../../engine/policy-set/read.ts';
import type { PolicyFile } from '../../engine/policy-set/read.ts';
import type { PolicySet } from '../../engine/policy-set.ts';
import { ToolchainError } from '../../engine/toolchain/errors.ts';
import type { Toolchain } from '../../engine/toolchain/toolchain.ts';
import { wasmToolchain } from '../../engine/toolchain/wasm-toolchain.ts';
import { CliError } from '../errors.ts';
import type { Io } from '../io.ts';
import { configFor } from '../settings.ts';

/** Options that every `policy` command takes. */
export interface PolicyOptions {
  readonly config?: string;
  readonly policies?: string;
}

/** The policy folders that a command works on. */
export interface Workspace {
  readonly files: readonly PolicyFile[];
  readonly folders: readonly PolicyFolder[];
  /** The compiled set, from the cache where it can be. @throws PolicyError */
  readonly load: () => Promise<PolicySet>;
}

export function withPolicyOptions(command: Command): Command {
  return command
    .option('--policies <folder>', 'the folder of policies, in place of those of the configuration')
    .option(
      '-c, --config <file>',
      'configuration file (default: portcullis.yaml, where there is one)',
    );
}

/** Reads the policy files. @throws PolicyError, ConfigError */
export function openWorkspace(io: Io, options: PolicyOptions): Workspace {
  const config = configFor(io, options);
  const files = readPolicyFiles(config.policies.folders).map((file) => ({
    ...file,
    file: shown(io, file.file),
  }));
  return { files, folders: policyFolders(files), load: () => loadPolicies(config) };
}

/** A path as a person reads it: relative, where it lies below the working directory. */
export function shown(io: Io, file: string): string {
  const relative = path.relative(io.cwd, file);
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
}

/** Uses a toolchain and closes it; what it rejects comes back with the places of the files. */
export async function withToolchain<T>(
  { files }: Workspace,
  work: (toolchain: Toolchain) => Promise<T>,
): Promise<T> {
  const toolchain = wasmToolchain();
  try {
    return await work(toolchain);
  } catch (thrown) {
    if (!(thrown instanceof ToolchainError) || thrown.code !== 'TOOLCHAIN_REJECTED') throw thrown;
    throw new PolicyError('POLICY_REJECTED', fromDiagnostics(files, thrown.diagnostics), thrown);
  } finally {
    await toolchain.close();
  }
}

/**
 * The policies that a filter names: a part of an id, or of a folder (`tagging/required`). Without a filter, all.
 *
 * @throws CliError USAGE when it names none: a run of nothing must not look like a pass.
 */
export function selectFolders(
  folders: readonly PolicyFolder[],
  filter: string | undefined,
  ids: ReadonlyMap<string, string>,
): readonly PolicyFolder[] {
  if (filter === undefined) return folders;
  const found = folders.filter(
    ({ folder }) => folder.includes(filter) || (ids.get(folder) ?? '').includes(filter),
  );
  if (found.length > 0) return found;
  throw new CliError('USAGE', `no policy has ${JSON.stringify(filter)} in its id or folder`, {
    help: '`portcullis policy list` names them.',
  });
}
