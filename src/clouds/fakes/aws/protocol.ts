import type { IncomingMessage } from 'node:http';

import { create } from 'xmlbuilder2';

import { AwsRefusal } from './refusal.ts';
import type { Operation } from './call.ts';
import { CONFIG_OPERATIONS } from './config.ts';
import { IAM_OPERATIONS, ORGANIZATIONS_OPERATIONS, STS_OPERATIONS } from './identity.ts';
import { TAGGING_OPERATIONS } from './tagging.ts';
import { TRAIL_OPERATIONS } from './trail.ts';
import { isRecord } from '../../../kit/record.ts';

/** One way of asking: JSON 1.1 names the operation in a header, the query protocol in the body. */
interface Service {
  readonly name: string;
  readonly protocol: 'json' | 'query';
  readonly operations: Readonly<Record<string, Operation>>;
}

const JSON_SERVICES: Readonly<Record<string, Service>> = {
  StarlingDoveService: { name: 'config', protocol: 'json', operations: CONFIG_OPERATIONS },
  ResourceGroupsTaggingAPI_20170126: {
    name: 'tagging',
    protocol: 'json',
    operations: TAGGING_OPERATIONS,
  },
  AWSOrganizationsV20161128: {
    name: 'organizations',
    protocol: 'json',
    operations: ORGANIZATIONS_OPERATIONS,
  },
  CloudTrail_20131101: {
    name: 'cloudtrail',
    protocol: 'json',
    operations: TRAIL_OPERATIONS,
  },
};
const QUERY_SERVICES: Readonly<Record<string, Service>> = {
  '2011-06-15': { name: 'sts', protocol: 'query', operations: STS_OPERATIONS },
  '2010-05-08': { name: 'iam', protocol: 'query', operations: IAM_OPERATIONS },
};

export interface Understood {
  readonly service: string;
  readonly protocol: 'json' | 'query';
  readonly operation: string;
  readonly run: Operation | undefined;
  readonly input: Readonly<Record<string, unknown>>;
}

/** @throws AwsRefusal for what is no request to one of the services. */
export function understand(request: IncomingMessage, body: string): Understood {
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    const [service = '', operation = ''] = target.split('.');
    return understood(JSON_SERVICES[service], operation, jsonOf(body));
  }
  const form = Object.fromEntries(new URLSearchParams(body));
  return understood(QUERY_SERVICES[form['Version'] ?? ''], form['Action'] ?? '', form);
}

function understood(
  service: Service | undefined,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): Understood {
  if (service === undefined)
    throw new AwsRefusal('UnknownOperationException', 'The operation is not known.');
  const { name, protocol, operations } = service;
  return { service: name, protocol, operation, run: operations[operation], input };
}

function jsonOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    if (isRecord(value)) return value;
  } catch {
    // Said below.
  }
  throw new AwsRefusal('SerializationException', 'The body is not a JSON object.');
}

export interface Caller {
  readonly accessKeyId: string;
  readonly region: string;
  readonly token: string | undefined;
}

/** Who asks, and in which region: both stand in the signature's scope. */
export function callerOf(request: IncomingMessage): Caller {
  const [, accessKeyId, region] =
    /Credential=([^/]+)\/\d{8}\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
  if (accessKeyId === undefined || region === undefined)
    throw new AwsRefusal('MissingAuthenticationTokenException', 'The request is not signed.', 403);
  const token = request.headers['x-amz-security-token'];
  return { accessKeyId, region, token: typeof token === 'string' ? token : undefined };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function answered({ protocol, operation }: Understood, result: unknown): Answer {
  if (protocol === 'json') return { status: 200, headers: JSON_TYPE, body: JSON.stringify(result) };
  const body = xml({
    [`${operation}Response`]: {
      [`${operation}Result`]: members(result),
      ResponseMetadata: { RequestId: REQUEST_ID },
    },
  });
  return { status: 200, headers: XML_TYPE, body };
}

/** The query protocol has its own names for some errors. */
const QUERY_CODES: Readonly<Record<string, string>> = {
  UnrecognizedClientException: 'InvalidClientTokenId',
  ExpiredTokenException: 'ExpiredToken',
  AccessDeniedException: 'AccessDenied',
  ThrottlingException: 'Throttling',
};

export function refused(
  protocol: 'json' | 'query',
  { code, message, status, headers }: AwsRefusal,
): Answer {
  if (protocol === 'json')
    return {
      status,
      headers: { ...JSON_TYPE, ...headers },
      body: JSON.stringify({ __type: code, message }),
    };
  const body = xml({
    ErrorResponse: {
      Error: { Type: 'Sender', Code: QUERY_CODES[code] ?? code, Message: message },
      RequestId: REQUEST_ID,
    },
  });
  return { status, headers: { ...XML_TYPE, ...headers }, body };
}

const REQUEST_ID = '00000000-0000-4000-8000-000000000000';
const JSON_TYPE = { 'content-type': 'application/x-amz-json-1.1' };
const XML_TYPE = { 'content-type': 'text/xml' };

/** Lists are written as `<member>` elements. */
function members(value: unknown): unknown {
  if (Array.isArray(value)) return { member: value.map(members) };
  if (!isRecord(value)) return String(value);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, members(one)]));
}

function xml(document: Readonly<Record<string, unknown>>): string {
  return create({ version: '1.0' }, document).end();
}
