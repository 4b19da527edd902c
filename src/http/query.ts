import type { z } from 'zod';

import { describeIssues } from './envelope.ts';
import { HttpError } from './errors.ts';

/** A query by its schema. @throws HttpError REQUEST_INVALID, also for a name that is given twice. */
export function parseQuery<T extends z.ZodType>(schema: T, query: URLSearchParams): z.output<T> {
  const names = [...query.keys()];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new HttpError('REQUEST_INVALID', `The query is not understood: ${twice} is given twice.`);
  const parsed = schema.safeParse(Object.fromEntries(query));
  if (parsed.success) return parsed.data;
  throw new HttpError(
    'REQUEST_INVALID',
    `The query is not understood: ${describeIssues(parsed.error)}.`,
  );
}
