import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { RulesError } from '../bindings/errors.ts';
import type { RuleText } from '../bindings/parse-rules.ts';
import type { ExemptionFiles } from '../exemption/files.ts';
import { messageOf } from '../kit/errors.ts';

const MOST_FILES = 5_000;
const LARGEST_FILE = 1024 * 1024;

/**
 * Reads every *.yaml and *.yml file below the folders, in the order of their names. Links are not followed: a rule
 * that stands outside its folder would escape the review of the folder.
 *
 * @throws RulesError when a folder cannot be read, holds no rules, or holds too much.
 */
export function readRuleFiles(folders: readonly string[]): RuleText[] {
  return folders.flatMap((folder) => {
    const files = readFolder(folder);
    if (files.length === 0) throw problem(folder, 'the folder holds no rules (*.yaml)');
    return files;
  });
}

/**
 * Reads files of exemptions like those of rules. A folder without any is right: nobody needs one today.
 *
 * @throws RulesError when a folder cannot be read, or holds too much.
 */
export function readExemptionFiles(folders: readonly string[]): RuleText[] {
  return folders.flatMap(readFolder);
}

/** The files of exemptions in these folders, to be looked at again and again. */
export function exemptionFilesIn(folders: readonly string[]): ExemptionFiles {
  return {
    read: () => readExemptionFiles(folders),
    stamp: () => folders.map((folder) => attempt(folder, () => stampOf(folder))).join('\n'),
  };
}

/** Times in nanoseconds, and the number of the file: an editor may write a new one in its place within a millisecond. */
function stampOf(folder: string): string {
  return listYaml(folder)
    .map((file) => {
      const { mtimeNs, ctimeNs, size, ino } = statSync(file, { bigint: true });
      return [file, mtimeNs, ctimeNs, size, ino].join(' ');
    })
    .join('\n');
}

function readFolder(folder: string): RuleText[] {
  const files = attempt(folder, () => listYaml(folder));
  if (files.length > MOST_FILES)
    throw problem(folder, `the folder holds more than ${MOST_FILES} files`);
  return files.map((file) => ({ file, text: readText(file) }));
}

function listYaml(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

function readText(file: string): string {
  return attempt(file, () => {
    if (statSync(file).size > LARGEST_FILE)
      throw problem(file, `the file is larger than ${LARGEST_FILE} bytes`);
    return readFileSync(file, 'utf8');
  });
}

function attempt<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof RulesError
      ? error
      : problem(file, `cannot be read: ${messageOf(error)}`);
  }
}

function problem(file: string, message: string): RulesError {
  return new RulesError([{ message, place: { file } }]);
}
