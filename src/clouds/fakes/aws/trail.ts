import { z } from 'zod';

import { AwsRefusal } from './refusal.ts';
import type { FakeCall, FakeWorld, Operation } from './call.ts';
import type { TrailEvent } from './estate.ts';
import { page } from './pages.ts';

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
const MOST = 50;
const REMEMBERED_MS = 90 * 24 * 3_600_000;

const KEYS = [
  'EventId',
  'EventName',
  'ReadOnly',
  'Username',
  'ResourceType',
  'ResourceName',
  'EventSource',
  'AccessKeyId',
] as const;

const LookupInput = z.object({
  LookupAttributes: z
    .array(z.object({ AttributeKey: z.string(), AttributeValue: z.string() }))
    .optional(),
  StartTime: z.number().optional(),
  EndTime: z.number().optional(),
  EventCategory: z.string().optional(),
  MaxResults: z.number().int().optional(),
  NextToken: z.string().optional(),
});
type LookupInput = z.infer<typeof LookupInput>;

export const TRAIL_OPERATIONS: Readonly<Record<string, Operation>> = { LookupEvents: lookUp };

/** Management events of one account and region and of the last 90 days, the newest first; one attribute at most. */
function lookUp(call: FakeCall, world: FakeWorld): unknown {
  const input = LookupInput.parse(call.input);
  const { MaxResults = MOST, NextToken } = input;
  if (MaxResults < 1 || MaxResults > MOST)
    throw new AwsRefusal(
      'InvalidMaxResultsException',
      `The value of MaxResults must be between 1 and ${MOST}.`,
    );
  const events = eventsOf(call, world)
    .filter(withinTime(input, world))
    .filter(withAttribute(input))
    .sort((one, other) => timeOf(other) - timeOf(one));
  const paging = { size: MaxResults, token: NextToken, invalid: INVALID, expired: INVALID };
  const { items, next } = page(events, paging, call, world);
  return {
    Events: items.map((event) => toEvent(event, call)),
    ...(next === undefined ? {} : { NextToken: next }),
  };
}

const INVALID = 'InvalidNextTokenException';

function eventsOf({ account, region }: FakeCall, { state }: FakeWorld): readonly TrailEvent[] {
  return state.account(account)?.regions.find(({ name }) => name === region)?.events ?? [];
}

function withinTime(
  { StartTime = 0, EndTime }: LookupInput,
  { clock }: FakeWorld,
): (event: TrailEvent) => boolean {
  const now = clock().getTime();
  const end = EndTime === undefined ? now : EndTime * 1000;
  if (StartTime * 1000 > end)
    throw new AwsRefusal('InvalidTimeRangeException', 'The start time is after the end time.');
  const start = Math.max(StartTime * 1000, now - REMEMBERED_MS);
  return (event) => timeOf(event) >= start && timeOf(event) <= end;
}

function withAttribute({ LookupAttributes = [] }: LookupInput): (event: TrailEvent) => boolean {
  const [attribute] = LookupAttributes;
  if (attribute === undefined) return () => true;
  const { AttributeKey, AttributeValue } = attribute;
  const key = KEYS.find((one) => one === AttributeKey);
  if (key === undefined || LookupAttributes.length > 1 || AttributeValue === '')
    throw new AwsRefusal(
      'InvalidLookupAttributesException',
      'Specify one lookup attribute that is known, with a value.',
    );
  return (event) => valuesOf(event)[key].includes(AttributeValue);
}

function valuesOf(event: TrailEvent): Record<(typeof KEYS)[number], readonly string[]> {
  const { eventID, eventName, eventSource, readOnly = false, resources = [] } = event;
  return {
    EventId: [eventID],
    EventName: [eventName],
    ReadOnly: [String(readOnly)],
    Username: present(event.username),
    ResourceType: resources.flatMap(({ type }) => present(type)),
    ResourceName: resources.map(({ name }) => name),
    EventSource: [eventSource],
    AccessKeyId: present(event.accessKeyId),
  };
}

const present = (text: string | undefined): string[] => (text === undefined ? [] : [text]);

function timeOf({ eventTime }: TrailEvent): number {
  return new Date(eventTime).getTime();
}

/** The whole event is a text inside the answer. */
function toEvent(event: TrailEvent, { account, region }: FakeCall): unknown {
  const { eventID, eventName, eventSource, readOnly = false, resources = [] } = event;
  const { errorCode, userIdentity, username, accessKeyId } = event;
  return {
    EventId: eventID,
    EventName: eventName,
    EventSource: eventSource,
    EventTime: timeOf(event) / 1000,
    ReadOnly: String(readOnly),
    Username: username,
    AccessKeyId: accessKeyId,
    Resources: resources.map(({ type, name }) => ({ ResourceType: type, ResourceName: name })),
    CloudTrailEvent: JSON.stringify({
      eventVersion: '1.11',
      userIdentity,
      eventTime: new Date(event.eventTime).toISOString(),
      eventSource,
      eventName,
      awsRegion: region,
      errorCode,
      eventID,
      readOnly,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: 'Management',
    }),
  };
}
