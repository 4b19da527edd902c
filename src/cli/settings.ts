import path from 'node:path';

import type { Config } from '../config/schema.ts';
import type { Io } from './io.ts';

/** Options that stand in for parts of the configuration, on every command that loads policies or rules. */
export interface Overrides {
  readonly config?: string;
  readonly policies?: string;
  readonly rules?: string;
}

/** The configuration with the command line's own folders put in. @throws ConfigError */
export function configFor(io: Io, overrides: Overrides): Config {
  const config = io.loadConfig(overrides.config);
  const folder = (given: string | undefined, folders: readonly string[]) =>
    given === undefined ? folders : [path.resolve(io.cwd, given)];
  return {
    ...config,
    policies: { ...config.policies, folders: folder(overrides.policies, config.policies.folders) },
    rules: { ...config.rules, folders: folder(overrides.rules, config.rules.folders) },
  };
}
