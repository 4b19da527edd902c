import { Command } from 'commander';

import { formatProblem, PolicyError } from '../../engine/policy-set/errors.ts';
import type { PolicyProblem } from '../../engine/policy-set/errors.ts';
import { missingFiles, placementProblems } from '../../engine/policy-set/layout.ts';
import { fromDiagnostics } from '../../engine/policy-set/load.ts';
import { readPolicies } from '../../engine/policy-set/metadata.ts';
import { regoSources } from '../../engine/policy-set/sources.ts';
import type { Toolchain } from '../../engine/toolchain/toolchain.ts';
import { counted } from '../../report/counted.ts';
import type { Io } from '../io.ts';
import { parseExamples } from './examples/schema.ts';
import { unformatted } from './fmt.ts';
import type { LooseFile } from './fmt.ts';
import { inputSchema } from './input-schema.ts';
import { pathProblems } from './known-paths.ts';
import { openWorkspace, withPolicyOptions, withToolchain } from './workspace.ts';
import type { PolicyOptions, Workspace } from './workspace.ts';

interface Checked {
  readonly problems: readonly PolicyProblem[];
  readonly loose: readonly LooseFile[];
}

/** `portcullis policy check`: everything that can be known of policies without running them. */
export function checkCommand(io: Io): Command {
  return withPolicyOptions(new Command('check'))
    .description(
      'check policies: strict compiling, types of input, metadata, layout, examples, formatting',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  portcullis policy check\n  portcullis policy check --policies my-policies/',
    )
    .action(async (options: PolicyOptions) => {
      const workspace = openWorkspace(io, options);
      const { problems, loose } = await check(workspace);
      for (const problem of problems) io.stdout.write(`${formatProblem(problem)}\n`);
      for (const { file } of loose) io.stdout.write(`${file}: is not formatted\n`);
      io.stdout.write(summary(workspace.folders.length, problems.length, loose.length));
      io.setExitCode(problems.length + loose.length > 0 ? 1 : 0);
    });
}

async function check(workspace: Workspace): Promise<Checked> {
  try {
    return await withToolchain(workspace, (toolchain) => checkParsed(workspace, toolchain));
  } catch (thrown) {
    // Sources that do not parse make the rest noise.
    if (thrown instanceof PolicyError) return { problems: thrown.problems, loose: [] };
    throw thrown;
  }
}

async function checkParsed({ files, folders }: Workspace, toolchain: Toolchain): Promise<Checked> {
  const sources = regoSources(files);
  const [inspection, diagnostics, loose] = await Promise.all([
    toolchain.inspect(sources),
    toolchain.check(sources, inputSchema()),
    unformatted(files, toolchain),
  ]);
  const { policies, problems } = readPolicies(files, inspection);
  const all = [
    ...placementProblems(files, inspection),
    ...problems,
    ...policies.flatMap(pathProblems),
    ...fromDiagnostics(files, diagnostics),
    ...folders.flatMap(folderProblems),
  ];
  return { problems: all, loose };
}

function folderProblems(folder: Workspace['folders'][number]): readonly PolicyProblem[] {
  const examples = folder.files.find(({ path }) => path.endsWith('/examples.yaml'));
  const parsed = examples === undefined ? undefined : parseExamples(examples.text, examples.file);
  const file = folder.files[0]?.file ?? folder.folder;
  const missing = missingFiles(folder).map((name) => ({
    message: `its folder has no ${name}${name === 'readme.md' ? '; `portcullis policy docs` writes it' : ''}`,
    place: { file },
  }));
  return [...missing, ...(parsed?.ok === false ? parsed.problems : [])];
}

function summary(policies: number, problems: number, loose: number): string {
  if (problems + loose === 0) return `${counted(policies, 'policy is', 'policies are')} right\n`;
  const format =
    loose === 0 ? '' : `, ${counted(loose, 'file')} to format (portcullis policy fmt --write)`;
  return `${counted(policies, 'policy', 'policies')}, ${counted(problems, 'problem')}${format}\n`;
}
