import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { Event } from '@aws-sdk/client-cloudtrail';
import { z } from 'zod';

import type { AwsCalls, Where } from './calls.ts';
import { isCreation } from './creation.ts';
import { everyPage } from './pages.ts';

/** More events of one name are not looked through: a bucket that is written to all day would use up what a sweep may ask. */
const MOST_PAGES = 10;
/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
const PAGE = 50;

/** Whoever made a request: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
const Identity = z.object({
  type: z.string().optional(),
  userName: z.string().optional(),
  principalId: z.string().optional(),
  arn: z.string().optional(),
  accountId: z.string().optional(),
  invokedBy: z.string().optional(),
  sessionContext: z
    .object({
      sourceIdentity: z.string().optional(),
      sessionIssuer: z
        .object({ arn: z.string().optional(), userName: z.string().optional() })
        .optional(),
    })
    .optional(),
});
export type Identity = z.infer<typeof Identity>;

/** What is read of the JSON text that is the event itself. */
const TrailRecord = z.object({
  eventID: z.string(),
  eventName: z.string(),
  readOnly: z.boolean().optional(),
  errorCode: z.string().optional(),
  userIdentity: Identity,
});
export type TrailRecord = z.infer<typeof TrailRecord>;

/** A resource by the names that its events may have it under, and the time in which it was made. */
export interface Sought {
  readonly type: string;
  readonly names: readonly string[];
  readonly from: Date;
  readonly to: Date;
}

/**
 * The event by which a resource was made, the newest where its name was used before. `limit`: no more may be asked.
 *
 * @param spend takes one call of those that are allowed; false when none is left.
 * @throws CloudError
 */
export async function findCreation(
  calls: AwsCalls,
  where: Where,
  sought: Sought,
  spend: () => boolean,
  signal: AbortSignal,
): Promise<TrailRecord | 'none' | 'limit'> {
  for (const name of sought.names) {
    const found = await newest(calls, where, sought, name, spend, signal);
    if (found !== 'none') return found;
  }
  return 'none';
}

async function newest(
  calls: AwsCalls,
  where: Where,
  sought: Sought,
  name: string,
  spend: () => boolean,
  signal: AbortSignal,
): Promise<TrailRecord | 'none' | 'limit'> {
  let left = MOST_PAGES;
  const [found = 'none'] = await everyPage<TrailRecord | 'limit'>(
    `the events of ${name}`,
    async (token) => {
      if (left-- <= 0) return { items: [], next: undefined };
      if (!spend()) return { items: ['limit'], next: undefined };
      const { Events = [], NextToken } = await ask(calls, where, sought, name, token, signal);
      const made = Events.flatMap((event) => recordOf(event, sought.type, name)).slice(0, 1);
      return { items: made, next: made.length === 0 ? NextToken : undefined };
    },
  );
  return found;
}

async function ask(
  calls: AwsCalls,
  where: Where,
  { from, to }: Sought,
  name: string,
  token: string | undefined,
  signal: AbortSignal,
) {
  return await calls.call(
    'cloudtrail',
    'LookupEvents',
    where,
    async (client, sending) =>
      await client.send(
        new LookupEventsCommand({
          LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: name }],
          StartTime: from,
          EndTime: to,
          MaxResults: PAGE,
          ...(token === undefined ? {} : { NextToken: token }),
        }),
        sending,
      ),
    { signal },
  );
}

/** The newest come first. An event whose text cannot be read says nothing. */
function recordOf(event: Event, type: string, name: string): TrailRecord[] {
  const record = TrailRecord.safeParse(parsed(event.CloudTrailEvent));
  if (!record.success) return [];
  const { readOnly = event.ReadOnly === 'true', errorCode, eventName } = record.data;
  if (readOnly || errorCode !== undefined) return [];
  return isCreation(eventName, event.Resources ?? [], { type, name }) ? [record.data] : [];
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
