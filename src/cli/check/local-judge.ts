import path from 'node:path';

import { compose } from '../../compose.ts';
import type { Config } from '../../config/schema.ts';
import type { Judge } from './judge.ts';

/** A chart of a large product fits; nobody but its sender waits for it. */
const YAML_BYTES = 4 * 1024 * 1024;

/** Judges in this process, by the policies and rules of the configuration. */
export async function localJudge(
  config: Config,
  options: { record: boolean; cwd: string },
): Promise<Judge> {
  const gateway = await compose(config, {
    record: options.record,
    workers: 1,
    limits: { yamlBytes: YAML_BYTES },
  });
  const places = new Map(gateway.rules().rules.map(({ id, file, line }) => [id, { file, line }]));
  return {
    decide: ({ name, bytes, point, source, context }) =>
      gateway.decide({ name, bytes, point, context, ...(source === undefined ? {} : { source }) }),
    ruleSource: (rule) => {
      const place = places.get(rule);
      return place === undefined
        ? undefined
        : `${path.relative(options.cwd, place.file)}:${place.line}`;
    },
    close: () => gateway.close(),
  };
}
