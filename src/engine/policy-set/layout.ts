import type { Inspection } from '../toolchain/toolchain.ts';
import type { PolicyProblem } from './errors.ts';
import { isRego, isTest } from './sources.ts';
import type { PolicyFile } from './read.ts';

const NAME = '[a-z][a-z0-9_]*';
const POLICY_FILE = new RegExp(`^policies/(${NAME})/(${NAME})/[^/]+$`);

/** One folder of a policy: `policies/tagging/required`. */
export interface PolicyFolder {
  readonly folder: string;
  readonly area: string;
  readonly name: string;
  readonly files: readonly PolicyFile[];
}

/** The folders of policies; the library is none. */
export function policyFolders(files: readonly PolicyFile[]): readonly PolicyFolder[] {
  const folders = new Map<string, { area: string; name: string; files: PolicyFile[] }>();
  for (const file of files) {
    const [, area, name] = POLICY_FILE.exec(file.path) ?? [];
    if (area === undefined || name === undefined) continue;
    const folder = `policies/${area}/${name}`;
    const known = folders.get(folder) ?? { area, name, files: [] };
    known.files.push(file);
    folders.set(folder, known);
  }
  return [...folders].map(([folder, rest]) => ({ folder, ...rest }));
}

/** The file of a policy folder with this name. */
export function fileOf(folder: PolicyFolder, name: string): PolicyFile | undefined {
  return folder.files.find(({ path }) => path === `${folder.folder}/${name}`);
}

/** Rego that lies where no policy and no library is, or whose package is not its folder's. */
export function placementProblems(
  files: readonly PolicyFile[],
  inspection: Inspection,
): readonly PolicyProblem[] {
  const packages = new Map(inspection.packages.map(({ file, package: name }) => [file, name]));
  return files.filter(isRego).flatMap((file) => {
    const message = placementProblem(file, packages.get(file.path) ?? '');
    return message === undefined ? [] : [{ message, place: { file: file.file, line: 1 } }];
  });
}

function placementProblem(file: PolicyFile, found: string): string | undefined {
  if (file.path.startsWith('lib/')) {
    return found.startsWith('lib.')
      ? undefined
      : `is library code: its package begins with lib., not ${found}`;
  }
  const [, area, name] = POLICY_FILE.exec(file.path) ?? [];
  if (area === undefined || name === undefined) {
    return 'a policy lies in <area>/<name>/, both in small letters, digits and underscores; shared code in lib/';
  }
  const expected = `policies.${area}.${name}`;
  if (found === expected) return undefined;
  if (isTest(file))
    return found === `${expected}_test`
      ? undefined
      : `its package is ${expected}_test, not ${found}`;
  return `its package is that of its folder, ${expected}, not ${found}`;
}

/** The files that every policy has; the page is made by `policy docs`. */
export function missingFiles(folder: PolicyFolder): readonly string[] {
  const expected = [
    `${folder.name}.rego`,
    `${folder.name}_test.rego`,
    'examples.yaml',
    'readme.md',
  ];
  return expected.filter((name) => fileOf(folder, name) === undefined);
}
