import type { SourceFiles } from '../toolchain/toolchain.ts';
import type { PolicyFile } from './read.ts';

/** A test of a policy: `required_test.rego`. */
export function isTest({ path }: PolicyFile): boolean {
  return path.endsWith('_test.rego');
}

export function isRego({ path }: PolicyFile): boolean {
  return path.endsWith('.rego');
}

function isData({ path }: PolicyFile): boolean {
  return /\/data\.(json|ya?ml)$/.test(path);
}

/** What is compiled: policies, the library and their data, without tests. */
export function compiledSources(files: readonly PolicyFile[]): SourceFiles {
  return asSources(files.filter((file) => isData(file) || (isRego(file) && !isTest(file))));
}

/** What is tested: the same, with tests. */
export function testedSources(files: readonly PolicyFile[]): SourceFiles {
  return asSources(files.filter((file) => isData(file) || isRego(file)));
}

export function regoSources(files: readonly PolicyFile[]): SourceFiles {
  return asSources(files.filter(isRego));
}

function asSources(files: readonly PolicyFile[]): SourceFiles {
  return Object.fromEntries(files.map(({ path, text }) => [path, text]));
}
