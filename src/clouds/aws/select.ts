import {
  SelectAggregateResourceConfigCommand,
  SelectResourceConfigCommand,
} from '@aws-sdk/client-config-service';
import type { z } from 'zod';

import type { AwsCalls, Where } from './calls.ts';
import type { AwsSettings } from './schema.ts';
import { everyPage } from './pages.ts';
import { CloudError } from '../errors.ts';

/** Rows of one query: JSON texts, parsed. */
export interface Rows {
  readonly rows: readonly unknown[];
  readonly next: string | undefined;
}

/** What a page may hold: more is refused by AWS. */
export const PAGE = 100;

/**
 * What is listed of every resource, by name: `SELECT *` leaves out the tags. The configuration is asked for in a batch,
 * because a query leaves out parts of it.
 */
export const FIELDS = [
  'accountId',
  'awsRegion',
  'arn',
  'resourceId',
  'resourceName',
  'resourceType',
  'resourceCreationTime',
  'configurationItemCaptureTime',
  'configurationItemStatus',
  'tags',
  'relationships',
].join(', ');

/** A text inside a query. AWS Config knows no parameters. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** One page of a query, of an account's own Config or of the aggregator. */
export async function select(
  calls: AwsCalls,
  settings: AwsSettings,
  where: Where,
  query: { readonly expression: string; readonly token: string | undefined },
  signal: AbortSignal,
): Promise<Rows> {
  const { aggregator } = settings;
  const input = {
    Expression: query.expression,
    Limit: PAGE,
    ...(query.token === undefined ? {} : { NextToken: query.token }),
  };
  const { Results = [], NextToken } =
    aggregator === undefined
      ? await calls.call(
          'config',
          'SelectResourceConfig',
          where,
          async (client, sending) =>
            await client.send(new SelectResourceConfigCommand(input), sending),
          { signal },
        )
      : await calls.call(
          'config',
          'SelectAggregateResourceConfig',
          { account: aggregator.account, region: aggregator.region },
          async (client, sending) =>
            await client.send(
              new SelectAggregateResourceConfigCommand({
                ...input,
                ConfigurationAggregatorName: aggregator.name,
              }),
              sending,
            ),
          { signal },
        );
  return { rows: Results.map(rowOf), next: NextToken };
}

/** Every row of a query, each of the shape that is expected. @throws CloudError CLOUD_PROTOCOL for another one. */
export async function selectAll<T>(
  calls: AwsCalls,
  settings: AwsSettings,
  where: Where,
  query: { readonly expression: string; readonly shape: z.ZodType<T>; readonly what: string },
  signal: AbortSignal,
): Promise<T[]> {
  const rows = await everyPage(query.what, async (token) => {
    const page = await select(
      calls,
      settings,
      where,
      { expression: query.expression, token },
      signal,
    );
    return { items: page.rows, next: page.next };
  });
  return rows.map((row) => {
    const parsed = query.shape.safeParse(row);
    if (parsed.success) return parsed.data;
    throw new CloudError('CLOUD_PROTOCOL', `AWS Config answered ${query.what} in another shape`);
  });
}

function rowOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CloudError('CLOUD_PROTOCOL', 'a row of AWS Config is not JSON', { cause });
  }
}
