import { parse as parseYaml } from 'yaml';

import { messageOf } from '../kit/errors.ts';
import type { Problem } from './errors.ts';

/** The variables of a process, as `process.env` gives them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One setting from the environment: where in the configuration it goes, and the variable that said so. */
export interface Setting {
  readonly path: readonly string[];
  readonly variable: string;
  readonly value: unknown;
}

const PREFIX = 'PORTCULLIS_';

/** Variables with our prefix that other parts read: the file itself, the client's token and address. */
const ELSEWHERE = new Set(['PORTCULLIS_CONFIG', 'PORTCULLIS_TOKEN', 'PORTCULLIS_URL']);

/** What the tests against real peers read. */
const PEERS = 'PORTCULLIS_PEERS_';

/**
 * Kubernetes puts variables like these into every pod beside a Service whose name begins with "portcullis". They are
 * not ours, and must not stop the start as unknown keys would.
 */
const SERVICE_LINK =
  /^PORTCULLIS_([A-Z0-9]+_)*(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT|PORT_\d+_(TCP|UDP)(_[A-Z]+)?)$/;

/**
 * Settings from the environment: `PORTCULLIS_SERVER__MAX_CONCURRENT=8` is `server.maxConcurrent: 8`. Two underscores
 * go one level down, one joins words. Whole numbers, `true` and `false` are read as such; lists and objects are
 * written as JSON or YAML flow, `[a, b]`; everything else is text.
 *
 * @returns the settings, and what could not be read.
 */
export function readEnvironment(env: Environment): { settings: Setting[]; problems: Problem[] } {
  const settings: Setting[] = [];
  const problems: Problem[] = [];
  for (const [variable, text] of Object.entries(env).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (text === undefined || !isSetting(variable)) continue;
    try {
      settings.push({ path: pathOf(variable), variable, value: readValue(text) });
    } catch (error) {
      problems.push({
        place: { file: variable },
        message: `is neither JSON nor YAML: ${firstLine(messageOf(error))}`,
      });
    }
  }
  return { settings, problems };
}

/** A copy of `base` with every setting put in its place; a value in the way of a deeper one is replaced. */
export function applySettings(base: unknown, settings: readonly Setting[]): unknown {
  return settings.reduce((tree, { path, value }) => withValue(tree, path, value), base);
}

function withValue(tree: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const members = isRecord(tree) ? tree : {};
  return { ...members, [key]: withValue(members[key], rest, value) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function isSetting(variable: string): boolean {
  return (
    variable.startsWith(PREFIX) &&
    !variable.startsWith(PEERS) &&
    !ELSEWHERE.has(variable) &&
    !SERVICE_LINK.test(variable)
  );
}

function pathOf(variable: string): string[] {
  return variable
    .slice(PREFIX.length)
    .split('__')
    .map((part) =>
      part.toLowerCase().replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    );
}

function readValue(text: string): unknown {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^\s*[[{]/.test(text)) return parseYaml(text, { maxAliasCount: 0 });
  return text;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
