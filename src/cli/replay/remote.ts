import { readRuleFiles } from '../../config/rule-files.ts';
import { readPolicyFiles } from '../../engine/policy-set/read.ts';
import { compiledSources } from '../../engine/policy-set/sources.ts';
import { compact } from '../../kit/compact.ts';
import { Impact } from '../../replay/impact/model.ts';
import type { ImpactQuery } from '../../replay/impact/run.ts';
import { clientOf } from '../client.ts';
import type { Io } from '../io.ts';
import { configFor } from '../settings.ts';
import type { Overrides } from '../settings.ts';

/** Has a running gate replay its decisions by the candidate; the sources go there, the records stay. */
export async function impactAt(
  io: Io,
  server: string,
  overrides: Overrides,
  query: Omit<ImpactQuery, 'limit'> & { readonly limit?: number },
): Promise<Impact> {
  const config = configFor(io, overrides);
  const policies =
    overrides.policies === undefined
      ? undefined
      : compiledSources(readPolicyFiles(config.policies.folders));
  const rules =
    overrides.rules === undefined
      ? undefined
      : Object.fromEntries(
          readRuleFiles(config.rules.folders).map(({ file, text }) => [shownName(io, file), text]),
        );
  return await clientOf(server, io.token).call(
    { method: 'POST', path: 'v1/impact', json: { ...compact({ policies, rules }), ...query } },
    Impact,
  );
}

/** The gate repeats it in what it says of a wrong rule; where it lies on this machine is none of its business. */
function shownName({ cwd }: Io, file: string): string {
  return file.startsWith(`${cwd}/`) ? file.slice(cwd.length + 1) : file;
}
