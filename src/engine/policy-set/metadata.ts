import { describeIssue, placedYaml } from '../../kit/yaml.ts';
import { PolicyMetadata } from '../../model/policy.ts';
import type { Policy } from '../../model/policy.ts';
import type { Annotation, Inspection } from '../toolchain/toolchain.ts';
import type { PolicyProblem } from './errors.ts';
import { fileOf, policyFolders } from './layout.ts';
import type { PolicyFolder } from './layout.ts';
import type { PolicyFile } from './read.ts';
import { parameterProblems } from './parameters.ts';

/** Policies by their metadata, and everything that is wrong with it. */
export interface ReadPolicies {
  readonly policies: readonly PlacedPolicy[];
  readonly problems: readonly PolicyProblem[];
}

/** A policy, and where its metadata stands. */
export interface PlacedPolicy {
  readonly policy: Policy;
  readonly file: string;
  readonly line: number;
}

/** METADATA comments -> policies. All problems at once, each with its file and line. */
export function readPolicies(files: readonly PolicyFile[], inspection: Inspection): ReadPolicies {
  const read = policyFolders(files).map((folder) => readPolicy(folder, inspection));
  const policies = read.flatMap(({ policy }) => (policy === undefined ? [] : [policy]));
  return { policies, problems: [...read.flatMap(({ problems }) => problems), ...sameId(policies)] };
}

interface ReadPolicy {
  readonly policy?: PlacedPolicy;
  readonly problems: readonly PolicyProblem[];
}

function readPolicy(folder: PolicyFolder, inspection: Inspection): ReadPolicy {
  const main = fileOf(folder, `${folder.name}.rego`);
  if (main === undefined) {
    const file = folder.files[0]?.file ?? folder.folder;
    return { problems: [{ message: `its folder has no ${folder.name}.rego`, place: { file } }] };
  }
  const own = inspection.annotations.filter(({ file }) => file === main.path);
  const annotation = own.find(({ scope }) => scope === 'package');
  if (annotation === undefined) {
    const message =
      'the package has no METADATA comment: title, description, and custom with id, severity, kinds, reads, remedy';
    return { problems: [{ message, place: { file: main.file, line: 1 } }] };
  }
  const entrypoint = entrypointProblem(own, main);
  return withProblems(checkMetadata(folder, main, annotation), entrypoint);
}

function withProblems(read: ReadPolicy, more: readonly PolicyProblem[]): ReadPolicy {
  return { ...read, problems: [...read.problems, ...more] };
}

function entrypointProblem(annotations: readonly Annotation[], main: PolicyFile): PolicyProblem[] {
  const path = `data.${annotations[0]?.package ?? ''}.violations`;
  const entrypoints = annotations.filter(({ entrypoint }) => entrypoint);
  const others = entrypoints.filter((annotation) => annotation.path !== path);
  const problems = others.map(({ line }) => ({
    message: 'violations is the only entrypoint of a policy',
    place: { file: main.file, line },
  }));
  if (others.length < entrypoints.length) return problems;
  const message = 'no rule `violations` with the METADATA `entrypoint: true` above it';
  return [...problems, { message, place: { file: main.file, line: 1 } }];
}

function checkMetadata(folder: PolicyFolder, main: PolicyFile, annotation: Annotation): ReadPolicy {
  const parsed = PolicyMetadata.safeParse(annotation.custom);
  const place = { file: main.file, line: annotation.line };
  const missing = (['title', 'description'] as const)
    .filter((key) => (annotation[key] ?? '').trim() === '')
    .map((key) => ({ message: `the METADATA has no ${key}`, place }));
  if (!parsed.success) {
    const yaml = metadataYaml(main, annotation.line);
    const issues = parsed.error.issues.map((issue) => {
      const inBlock = { ...issue, path: ['custom', ...issue.path] };
      const message = `${issue.path.map(String).join('.') || 'custom'}: ${describeIssue(issue)}`;
      return { message, place: yaml.placeOfIssue(inBlock) };
    });
    return { problems: [...missing, ...issues] };
  }
  const policy: Policy = {
    ...parsed.data,
    title: annotation.title ?? '',
    description: (annotation.description ?? '').trim(),
    package: packageOf(folder),
    entrypoint: `${folder.folder}/violations`,
    folder: folder.folder,
  };
  const yaml = metadataYaml(main, annotation.line);
  const parameters = parameterProblems(policy).map(({ message, path }) => ({
    message,
    place: yaml.placeOf(['custom', ...path]),
  }));
  return { policy: { policy, ...place }, problems: [...missing, ...parameters] };
}

function packageOf({ area, name }: PolicyFolder): string {
  return `policies.${area}.${name}`;
}

/** The comment that begins at a line with `# METADATA`, as YAML that knows its places in the file. */
function metadataYaml({ text, file }: PolicyFile, line: number) {
  const after = text.split('\n').slice(line);
  const end = after.findIndex((row) => !row.startsWith('#'));
  const block = (end === -1 ? after : after.slice(0, end)).map((row) => row.slice(1));
  return placedYaml(block.join('\n'), file, { lines: line, columns: 1 });
}

function sameId(policies: readonly PlacedPolicy[]): PolicyProblem[] {
  const first = new Map<string, PlacedPolicy>();
  return policies.flatMap((placed) => {
    const { id } = placed.policy;
    const other = first.get(id);
    first.set(id, other ?? placed);
    if (other === undefined) return [];
    const message = `the id ${id} is taken by ${other.file}; ids are for life, and never used twice`;
    return [{ message, place: { file: placed.file, line: placed.line } }];
  });
}
