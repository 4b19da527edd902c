import type { PolicyFolder } from '../../engine/policy-set/layout.ts';
import { fileOf } from '../../engine/policy-set/layout.ts';
import { formatProblem } from '../../engine/policy-set/errors.ts';
import { testedSources } from '../../engine/policy-set/sources.ts';
import type { PolicySet } from '../../engine/policy-set.ts';
import type { Engine } from '../../engine/engine.ts';
import type { FileCoverage, TestCase, TestReport } from '../../engine/toolchain/toolchain.ts';
import { wasmEngine } from '../../engine/wasm/wasm-engine.ts';
import type { Policy } from '../../model/policy.ts';
import { runExamples } from './examples/run.ts';
import type { ExampleResult } from './examples/run.ts';
import { parseExamples } from './examples/schema.ts';
import { withToolchain } from './workspace.ts';
import type { Workspace } from './workspace.ts';

/** What became of one policy's tests and examples, or of the library's tests. */
export interface SuiteResult {
  /** `tagging/required`, or `lib`. */
  readonly name: string;
  readonly id: string | undefined;
  readonly cases: readonly TestCase[];
  readonly examples: readonly ExampleResult[];
  /** Where the examples lie. */
  readonly examplesFile: string;
  /** What keeps tests or examples from being run; each one is a failure. */
  readonly problems: readonly string[];
}

export interface TestRun {
  readonly suites: readonly SuiteResult[];
  /** 0 to 100, of the Rego that was tested. */
  readonly coverage: number;
  readonly files: readonly FileCoverage[];
}

/** Runs the Rego tests and the examples of the chosen policies; the library's own tests only when all are chosen. */
export async function runTests(
  workspace: Workspace,
  set: PolicySet,
  chosen: readonly PolicyFolder[],
): Promise<TestRun> {
  const everything = chosen.length === workspace.folders.length;
  const report = await withToolchain(workspace, (toolchain) =>
    toolchain.test(testedSources(filesFor(workspace, chosen, everything))),
  );
  const engine = await wasmEngine({ policySet: set, workers: 1, memoryMiB: 256, queueLimit: 16 });
  try {
    const suites: SuiteResult[] = everything ? librarySuite(workspace, report) : [];
    for (const folder of chosen)
      suites.push(await policySuite(workspace, folder, set.policies, report, engine));
    return { suites, coverage: report.coverage, files: placeFiles(workspace, report.files) };
  } finally {
    await engine.close();
  }
}

function filesFor({ files }: Workspace, chosen: readonly PolicyFolder[], everything: boolean) {
  if (everything) return files;
  const library = files.filter(
    ({ path }) => path.startsWith('lib/') && !path.endsWith('_test.rego'),
  );
  return [...library, ...chosen.flatMap((folder) => folder.files)];
}

function librarySuite(workspace: Workspace, { cases }: TestReport): SuiteResult[] {
  const own = placeFiles(
    workspace,
    cases.filter(({ file }) => file.startsWith('lib/')),
  );
  if (own.length === 0) return [];
  return [{ name: 'lib', id: undefined, cases: own, examples: [], examplesFile: '', problems: [] }];
}

async function policySuite(
  workspace: Workspace,
  folder: PolicyFolder,
  policies: readonly Policy[],
  report: TestReport,
  engine: Engine,
): Promise<SuiteResult> {
  const own = report.cases.filter(({ file }) => file.startsWith(`${folder.folder}/`));
  const policy = policies.find((candidate) => candidate.folder === folder.folder);
  const { examples, problems } = await examplesOf(folder, policy, engine);
  return {
    name: `${folder.area}/${folder.name}`,
    id: policy?.id,
    cases: placeFiles(workspace, own),
    examples,
    examplesFile: fileOf(folder, 'examples.yaml')?.file ?? '',
    problems: own.length === 0 ? [...problems, 'it has no Rego tests'] : problems,
  };
}

async function examplesOf(
  folder: PolicyFolder,
  policy: Policy | undefined,
  engine: Engine,
): Promise<Pick<SuiteResult, 'examples' | 'problems'>> {
  const file = fileOf(folder, 'examples.yaml');
  if (file === undefined || policy === undefined)
    return { examples: [], problems: ['it has no examples.yaml'] };
  const parsed = parseExamples(file.text, file.file);
  if (!parsed.ok) return { examples: [], problems: parsed.problems.map(formatProblem) };
  return { examples: await runExamples(policy, parsed.value, engine, parsed.lineOf), problems: [] };
}

/** With the files where they lie, not by their place in the set. */
function placeFiles<T extends { readonly file: string }>(
  { files }: Workspace,
  found: readonly T[],
): T[] {
  const lies = new Map(files.map(({ path, file }) => [path, file]));
  return found.map((entry) => ({ ...entry, file: lies.get(entry.file) ?? entry.file }));
}
