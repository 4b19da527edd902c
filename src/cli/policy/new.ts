import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';

import { readPolicies } from '../../engine/policy-set/metadata.ts';
import type { PolicyFile } from '../../engine/policy-set/read.ts';
import { compiledSources } from '../../engine/policy-set/sources.ts';
import { wasmToolchain } from '../../engine/toolchain/wasm-toolchain.ts';
import { PolicyMetadata } from '../../model/policy.ts';
import { CliError } from '../errors.ts';
import type { Io } from '../io.ts';
import { parseExamples } from './examples/schema.ts';
import { page } from './page.ts';
import { templateFiles } from './template.ts';
import type { NewPolicy } from './template.ts';
import { shown } from './workspace.ts';

interface NewOptions {
  readonly policies: string;
  readonly id?: string;
}

const PLACE = /^([a-z][a-z0-9_]*)\/([a-z][a-z0-9_]*)$/;

/** `portcullis policy new`: the four files of a policy that already checks and tests. */
export function newCommand(io: Io): Command {
  return new Command('new')
    .description('write the four files of a new policy; they pass `policy test` as they are')
    .argument('<area/name>', 'where it stands: small letters, digits and underscores')
    .option('--policies <folder>', 'the folder of policies to write into', 'policies')
    .option('--id <id>', 'its id for life, such as ACME-TAG-001 (default: made of area and name)')
    .addHelpText(
      'after',
      '\nExamples:\n  portcullis policy new tagging/data_class\n  portcullis policy new cost/max_size --id ACME-COST-004 --policies my-policies',
    )
    .action(async (place: string, options: NewOptions) => {
      const policy = { ...parsePlace(place), id: parseId(options.id, place) };
      const folder = path.resolve(io.cwd, options.policies, policy.area, policy.name);
      if (existsSync(folder)) throw new CliError('USAGE', `${shown(io, folder)} is there already`);
      const files = await withPage(policy);
      mkdirSync(folder, { recursive: true });
      for (const [name, text] of Object.entries(files)) {
        writeFileSync(path.join(folder, name), text, { flag: 'wx' });
        io.stdout.write(`${shown(io, path.join(folder, name))}\n`);
      }
      io.stdout.write(`Try it: portcullis policy test ${place} --policies ${options.policies}\n`);
    });
}

function parsePlace(place: string): Pick<NewPolicy, 'area' | 'name'> {
  const [, area, name] = PLACE.exec(place) ?? [];
  if (area !== undefined && name !== undefined && area !== 'lib') return { area, name };
  throw new CliError('USAGE', `${JSON.stringify(place)} is not <area>/<name>`, {
    help: 'Both begin with a small letter and go on with small letters, digits and underscores; lib is for shared code.',
  });
}

function parseId(given: string | undefined, place: string): string {
  const id = given ?? `LOCAL-${place.toUpperCase().replaceAll(/[/_]+/g, '-')}`;
  const parsed = PolicyMetadata.shape.id.safeParse(id);
  if (parsed.success) return parsed.data;
  throw new CliError('USAGE', `${JSON.stringify(id)} is no id: it looks like ACME-TAG-001`);
}

/** The page is made by the same way as every page, so that `policy docs --check` agrees with it. */
async function withPage(policy: NewPolicy): Promise<Readonly<Record<string, string>>> {
  const templates = templateFiles(policy);
  const root = `policies/${policy.area}/${policy.name}`;
  const files: PolicyFile[] = Object.entries(templates).map(([name, text]) => ({
    path: `${root}/${name}`,
    file: name,
    text,
  }));
  const toolchain = wasmToolchain();
  try {
    const { policies } = readPolicies(files, await toolchain.inspect(compiledSources(files)));
    const examples = parseExamples(templates['examples.yaml'] ?? '', 'examples.yaml');
    const [made] = policies;
    if (made === undefined || !examples.ok) throw new Error('the template of a policy is broken');
    return { ...templates, 'readme.md': page(made.policy, examples.value) };
  } finally {
    await toolchain.close();
  }
}
