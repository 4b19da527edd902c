import { Decision } from '../../model/decision.ts';
import { clientOf } from '../client.ts';
import type { Judge, Question } from './judge.ts';

/** Asks a running gate. Its rules stand on its side, so their places are not known here. */
export function serverJudge(server: string, token: string | undefined): Judge {
  const client = clientOf(server, token);
  return {
    decide: (question) =>
      client.call(
        {
          method: 'POST',
          path: `v1/decisions?${queryOf(question).toString()}`,
          bytes: question.bytes,
          type: 'application/octet-stream',
        },
        Decision,
      ),
    ruleSource: () => undefined,
    close: () => Promise.resolve(),
  };
}

function queryOf({ name, point, source, context, override }: Question): URLSearchParams {
  const query = new URLSearchParams({ point });
  if (name !== '-') query.set('name', name);
  if (source !== undefined) query.set('source', source);
  if (override !== undefined) query.set('override', override);
  if (context.actor !== undefined) query.set('actor', context.actor);
  for (const [key, value] of Object.entries(context.run ?? {})) query.set(`run.${key}`, value);
  return query;
}
