import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';

import { messageOf } from '../kit/errors.ts';
import { isAddress } from '../ledger/export/destination.ts';
import { checkTogether } from './checks.ts';
import { applySettings, readEnvironment } from './environment.ts';
import type { Environment, Setting } from './environment.ts';
import { ConfigError } from './errors.ts';
import type { Problem } from './errors.ts';
import { ConfigSchema } from './schema.ts';
import type { Config } from './schema.ts';
import { readYaml } from './yaml.ts';
import type { ConfigFile } from './yaml.ts';

const DEFAULT_FILE = 'portcullis.yaml';
const LARGEST_FILE = 1024 * 1024;

export interface LoadOptions {
  /** From `--config`; wins over `PORTCULLIS_CONFIG`. Without either, `portcullis.yaml` in `cwd`, if there is one. */
  readonly file?: string;
  readonly env: Environment;
  readonly cwd: string;
}

/**
 * File and environment -> the configuration in force. Defaults fill what neither says; the environment wins over the
 * file. Relative paths from the file start at its folder, others at `cwd`.
 *
 * @throws ConfigError CONFIG_INVALID with every problem at once, CONFIG_UNREADABLE when a named file cannot be read.
 */
export function loadConfig({ file, env, cwd }: LoadOptions): Config {
  const source = readSource(file ?? env['PORTCULLIS_CONFIG'], cwd);
  const { settings, problems } = readEnvironment(env);
  const written = applySettings(source.value, settings);
  const parsed = ConfigSchema.safeParse(written);
  const origin: Origin = { source, settings, cwd };
  const all = [
    ...source.problems,
    ...problems,
    ...(parsed.error?.issues ?? []).flatMap((issue) => toProblems(issue, origin)),
    ...checkTogether(written, (at) => resolveAt(at, origin)).map((found) => ({
      place: placeOf(found.path, origin),
      message: found.message,
    })),
  ];
  if (parsed.data === undefined || all.length > 0) {
    throw new ConfigError(
      'CONFIG_INVALID',
      `The configuration has ${all.length} problem${all.length === 1 ? '' : 's'}:`,
      all,
    );
  }
  return deepFreeze(withAbsolutePaths(parsed.data, origin));
}

/** Where the values came from, to say so in problems and to resolve relative paths. */
interface Origin {
  readonly source: ConfigFile;
  readonly settings: readonly Setting[];
  readonly cwd: string;
}

function readSource(named: string | undefined, cwd: string): ConfigFile {
  const file = path.resolve(cwd, named ?? DEFAULT_FILE);
  if (named === undefined && !existsSync(file))
    return { file: undefined, value: {}, problems: [], locate: () => undefined };
  return readYaml(file, readText(file));
}

function readText(file: string): string {
  try {
    accessSync(file, constants.R_OK);
    if (statSync(file).size > LARGEST_FILE)
      throw new Error(`it is larger than ${LARGEST_FILE} bytes`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(
      'CONFIG_UNREADABLE',
      `The configuration file ${file} cannot be read: ${messageOf(error)}`,
      [],
      error,
    );
  }
}

function toProblems(issue: z.core.$ZodIssue, origin: Origin): Problem[] {
  if (issue.code !== 'unrecognized_keys') {
    return [
      { place: placeOf(issue.path, origin), message: `${dotted(issue.path)}: ${issue.message}` },
    ];
  }
  return issue.keys.map((key) => ({
    place: placeOf([...issue.path, key], origin),
    message: `${dotted([...issue.path, key])}: there is no such key`,
  }));
}

function dotted(at: readonly PropertyKey[]): string {
  return at.map(String).join('.');
}

/** The variable that set the value or something around or below it, otherwise its line in the file. */
function placeOf(at: readonly PropertyKey[], { source, settings }: Origin) {
  const setting = settingAt(at, settings);
  if (setting !== undefined) return { file: setting.variable };
  return source.locate(at) ?? {};
}

function settingAt(at: readonly PropertyKey[], settings: readonly Setting[]): Setting | undefined {
  return settings.find((setting) =>
    setting.path.every((key, depth) => depth >= at.length || at[depth] === key),
  );
}

function resolveAt(at: readonly string[], { source, settings, cwd }: Origin): string {
  const fromFile =
    source.file !== undefined &&
    settingAt(at, settings) === undefined &&
    source.locate(at) !== undefined;
  return fromFile ? path.dirname(source.file) : cwd;
}

function withAbsolutePaths(
  config: z.output<typeof ConfigSchema>,
  origin: Origin,
): z.output<typeof ConfigSchema> {
  const absolute = (value: string, ...at: string[]): string =>
    path.resolve(resolveAt(at, origin), value);
  const { tls } = config.server;
  const destination = config.ledger.export;
  return {
    ...config,
    data: absolute(config.data, 'data'),
    policies: {
      folders: config.policies.folders.map((folder) => absolute(folder, 'policies', 'folders')),
      ...(config.policies.cache === undefined
        ? {}
        : { cache: absolute(config.policies.cache, 'policies', 'cache') }),
    },
    rules: { folders: config.rules.folders.map((folder) => absolute(folder, 'rules', 'folders')) },
    exemptions: {
      folders: config.exemptions.folders.map((folder) => absolute(folder, 'exemptions', 'folders')),
    },
    ledger: {
      ...config.ledger,
      export: destination && {
        ...destination,
        to: isAddress(destination.to)
          ? destination.to
          : absolute(destination.to, 'ledger', 'export', 'to'),
      },
    },
    server: {
      ...config.server,
      tls: tls && {
        cert: absolute(tls.cert, 'server', 'tls', 'cert'),
        key: absolute(tls.key, 'server', 'tls', 'key'),
      },
    },
  };
}

function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === 'object') {
    for (const member of Object.values(value)) deepFreeze(member);
    Object.freeze(value);
  }
  return value;
}
