import { canonicalJson } from '../../kit/canonical-json.ts';
import { sha256 } from '../../kit/digest.ts';
import type { PolicySet } from '../policy-set.ts';
import { POLICY_BUILTINS } from '../toolchain/capabilities.ts';
import { ToolchainError } from '../toolchain/errors.ts';
import type { Toolchain } from '../toolchain/toolchain.ts';
import { readCached, writeCached } from './cache.ts';
import { PolicyError } from './errors.ts';
import type { PolicyProblem } from './errors.ts';
import { placementProblems } from './layout.ts';
import { readPolicies } from './metadata.ts';
import { readPolicyFiles } from './read.ts';
import type { PolicyFile } from './read.ts';
import { compiledSources } from './sources.ts';

export interface LoadOptions {
  /** Root folders, each with `<area>/<name>/` and `lib/`. */
  readonly folders: readonly string[];
  /** Made when it is needed, and closed afterwards. */
  readonly toolchain: () => Toolchain;
  /** Where compiled sets are kept; left out, every load compiles. */
  readonly cacheFolder?: string;
  /** A folder of compiled sets that came with the program: looked at first, and never written to. */
  readonly shippedFolder?: string;
}

/** Raise it when what is made of the same sources changes. */
const CACHE_FORMAT = 1;

/**
 * Policy folders -> one compiled set. All or nothing: a set with one wrong policy is no set.
 *
 * A set that was compiled before, from the same sources by the same toolchain, comes from the cache.
 *
 * @throws PolicyError with every problem and its place; ToolchainError when the toolchain itself fails.
 */
export async function loadPolicySet(options: LoadOptions): Promise<PolicySet> {
  const files = readPolicyFiles(options.folders);
  const toolchain = options.toolchain();
  try {
    return await loadFiles(files, toolchain, options);
  } finally {
    await toolchain.close();
  }
}

/**
 * Policies that came by another way than a folder, compiled. They are not kept: what a stranger sends must not push what is in
 * force out of the cache.
 *
 * @throws PolicyError, ToolchainError
 */
export async function loadPolicyFiles(
  files: readonly PolicyFile[],
  toolchain: Toolchain,
): Promise<PolicySet> {
  try {
    return await loadFiles(files, toolchain, {});
  } finally {
    await toolchain.close();
  }
}

async function loadFiles(
  files: readonly PolicyFile[],
  toolchain: Toolchain,
  { cacheFolder, shippedFolder }: Pick<LoadOptions, 'cacheFolder' | 'shippedFolder'>,
): Promise<PolicySet> {
  const digest = policySetDigest(files, toolchain);
  for (const folder of [shippedFolder, cacheFolder]) {
    const compiled = folder === undefined ? undefined : readCached(folder, digest);
    if (compiled !== undefined) return compiled;
  }
  const set = await compilePolicySet(files, toolchain, digest);
  if (cacheFolder !== undefined) writeCached(cacheFolder, set);
  return set;
}

/**
 * Files -> the compiled set.
 *
 * @throws PolicyError POLICY_INVALID, POLICY_REJECTED.
 */
async function compilePolicySet(
  files: readonly PolicyFile[],
  toolchain: Toolchain,
  digest: string,
): Promise<PolicySet> {
  const sources = compiledSources(files);
  const inspection = await placed(files, () => toolchain.inspect(sources));
  const { policies, problems } = readPolicies(files, inspection);
  const compiled = files.filter(({ path }) => Object.hasOwn(sources, path));
  const all = [...placementProblems(compiled, inspection), ...problems];
  if (all.length > 0) throw new PolicyError('POLICY_INVALID', all);
  const entrypoints = policies.map(({ policy }) => policy.entrypoint);
  const built = await placed(files, () => toolchain.build(sources, entrypoints));
  return { digest, policies: policies.map(({ policy }) => policy), ...built };
}

/** What a compiled set depends on: the sources, the toolchain, and the builtins it was allowed. */
export function policySetDigest(
  files: readonly PolicyFile[],
  toolchain: Pick<Toolchain, 'digest'>,
): string {
  const sources = Object.entries(compiledSources(files)).map(([path, text]): [string, string] => [
    path,
    sha256(text),
  ]);
  return sha256(
    canonicalJson({
      format: CACHE_FORMAT,
      toolchain: toolchain.digest,
      builtins: POLICY_BUILTINS,
      sources: Object.fromEntries(sources),
    }),
  );
}

/** Runs an operation of the toolchain; what it rejects is reported by where the files lie, not by their place in the set. */
async function placed<T>(files: readonly PolicyFile[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof ToolchainError) || thrown.code !== 'TOOLCHAIN_REJECTED') throw thrown;
    throw new PolicyError('POLICY_REJECTED', fromDiagnostics(files, thrown.diagnostics), thrown);
  }
}

/** Diagnostics of the toolchain, with the files where they lie. */
export function fromDiagnostics(
  files: readonly PolicyFile[],
  diagnostics: ToolchainError['diagnostics'],
): readonly PolicyProblem[] {
  const lies = new Map(files.map(({ path, file }) => [path, file]));
  return diagnostics.map(({ code, message, file, line, column }) => ({
    message: `${message} (${code})`,
    place: {
      ...(file !== undefined && { file: lies.get(file) ?? file }),
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
    },
  }));
}
