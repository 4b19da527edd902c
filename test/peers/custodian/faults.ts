import { serviceOf } from './proxy.ts';
import type { Answer, Call, Fate, Service, Weather } from './proxy.ts';
import type { Listing, Tags } from './moto.ts';

/** What goes wrong, for one tool. Both get one of their own, that has seen nothing yet. */
export interface Trouble {
  readonly weather: Weather;
  /** What somebody else does after a tool has found what to mend, and before it mends. */
  readonly meanwhile?: () => Promise<void>;
}

/** Somebody else, who tags past the proxy. */
export type Somebody = (arns: readonly string[], tags: Tags) => Promise<void>;

export interface Fault {
  readonly name: string;
  /** In a sentence, for the table. */
  readonly what: string;
  readonly begin: (estate: Listing, somebody: Somebody) => Trouble;
  /** What nobody can write while the fault lasts. */
  readonly stays?: (arn: string) => boolean;
}

const FORWARDED: Fate = { fate: 'forwarded' };

export const FAULTS: readonly Fault[] = [
  {
    name: 'none',
    what: 'Nothing goes wrong.',
    begin: () => ({ weather: () => FORWARDED }),
  },
  {
    name: '503',
    what: 'The first write of each service is answered by a page of HTML, 503.',
    begin: () => ({ weather: firstWrites(1, () => ({ fate: 'answered', answer: HTML })) }),
  },
  {
    name: 'throttled',
    what: 'The first two writes of each service are throttled, each in the words of its service.',
    begin: () => ({
      weather: firstWrites(2, ({ protocol }) => ({
        fate: 'answered',
        answer: THROTTLED[protocol],
      })),
    }),
  },
  {
    name: 'throttled inside',
    what: 'The Tagging API says 200 and throttles two databases inside the answer, twice.',
    begin: (estate) => ({ weather: throttledInside(wrongDatabases(estate).slice(0, 2), 2) }),
  },
  {
    name: 'bad ARN',
    what: 'The Tagging API refuses every call that names one certain database.',
    begin: (estate) => ({ weather: refusing(oneDatabase(estate)) }),
    stays: (arn) => arn.endsWith(BAD_DATABASE),
  },
  {
    name: 'hang',
    what: 'The first write to a database is not carried out and never answered.',
    begin: () => ({ weather: firstWrites(1, () => ({ fate: 'hung' }), ['rds']) }),
  },
  {
    name: 'reset',
    what: 'The first write to a database is carried out, and its connection is reset before the answer.',
    begin: () => ({ weather: firstWrites(1, () => ({ fate: 'unheard' }), ['rds']) }),
  },
  {
    name: 'denied',
    what: 'Writing tags of SNS topics is not allowed.',
    begin: () => ({ weather: deniedForTopics }),
    stays: (arn) => serviceOf(arn) === 'sns',
  },
  {
    name: 'human: owner',
    what: 'After the tool has looked, a person names the owner of three instances.',
    begin: (estate, somebody) => ({
      weather: () => FORWARDED,
      meanwhile: () =>
        somebody(wrong(estate, 'AWS::EC2::Instance').slice(0, 3), { owner: 'a-person' }),
    }),
  },
  {
    name: 'human: another tag',
    what: 'While the tool writes to two buckets, a backup system adds a tag of its own to them.',
    begin: (estate, somebody) => ({
      weather: addingTo(wrong(estate, 'AWS::S3::Bucket').slice(0, 2), somebody),
    }),
  },
];

const BAD_DATABASE = 'database-03';

/** The fate of so many writes of each service; of a call that writes to several, it is that of all of them. */
function firstWrites(
  times: number,
  fate: (call: Call) => Fate,
  only: readonly Service[] = ['ec2', 's3', 'rds', 'sns'],
): Weather {
  const left = new Map(only.map((service) => [service, times]));
  return (call) => {
    const struck = call.services.filter((service) => (left.get(service) ?? 0) > 0);
    for (const service of struck) left.set(service, (left.get(service) ?? 0) - 1);
    return struck.length > 0 ? fate(call) : FORWARDED;
  };
}

function throttledInside(victims: readonly string[], times: number): Weather {
  const left = new Map(victims.map((arn) => [arn, times]));
  return ({ arns }) => {
    const failed = arns.filter((arn) => (left.get(arn) ?? 0) > 0);
    for (const arn of failed) left.set(arn, (left.get(arn) ?? 0) - 1);
    return failed.length > 0 ? { fate: 'partly', failed, code: 'ThrottlingException' } : FORWARDED;
  };
}

function refusing(victim: string): Weather {
  return ({ arns }) =>
    arns.includes(victim)
      ? { fate: 'answered', answer: json('InvalidParameterException', 'An ARN is not valid.') }
      : FORWARDED;
}

/** By its own API the whole call is refused, by the Tagging API the topics in it. */
function deniedForTopics({ arns, services }: Call): Fate {
  if (!services.includes('sns')) return FORWARDED;
  const failed = arns.filter((arn) => serviceOf(arn) === 'sns');
  return failed.length > 0
    ? { fate: 'partly', failed, code: 'AccessDeniedException' }
    : {
        fate: 'answered',
        answer: xml(
          403,
          '<ErrorResponse><Error><Type>Sender</Type><Code>AuthorizationError</Code><Message>Not authorized</Message></Error></ErrorResponse>',
        ),
      };
}

function addingTo(buckets: readonly string[], somebody: Somebody): Weather {
  const left = new Set(buckets);
  return async ({ names }) => {
    const written = [...left].filter(names);
    for (const arn of written) left.delete(arn);
    if (written.length > 0) await somebody(written, { backup: 'daily' });
    return FORWARDED;
  };
}

export function wrong(estate: Listing, type?: string): string[] {
  return estate
    .filter((one) => (type === undefined || one.type === type) && one.tags['owner'] === undefined)
    .map(({ arn }) => arn);
}

function wrongDatabases(estate: Listing): string[] {
  return wrong(estate, 'AWS::RDS::DBInstance');
}

function oneDatabase(estate: Listing): string {
  const found = wrongDatabases(estate).find((arn) => arn.endsWith(BAD_DATABASE));
  if (found === undefined) throw new Error(`the estate has no ${BAD_DATABASE} without an owner`);
  return found;
}

const HTML: Answer = {
  status: 503,
  type: 'text/html',
  body: '<html><body><h1>503 Service Unavailable</h1></body></html>',
};

const THROTTLED: Readonly<Record<Call['protocol'], Answer>> = {
  json: json('ThrottlingException', 'Rate exceeded'),
  ec2: xml(
    503,
    '<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>Request limit exceeded.</Message></Error></Errors><RequestID>r</RequestID></Response>',
  ),
  s3: xml(503, '<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>'),
  query: xml(
    400,
    '<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>',
  ),
};

function json(code: string, message: string): Answer {
  const body = JSON.stringify({ __type: code, message });
  return { status: 400, type: 'application/x-amz-json-1.1', body };
}

function xml(status: number, body: string): Answer {
  return { status, type: 'text/xml', body };
}
