import {
  ListInstanceProfileTagsCommand,
  ListPolicyTagsCommand,
  ListRoleTagsCommand,
  ListUserTagsCommand,
} from '@aws-sdk/client-iam';
import type { Tag } from '@aws-sdk/client-iam';
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';

import { CloudError } from '../errors.ts';
import type { AwsCalls, Where } from './calls.ts';
import { everyPage } from './pages.ts';
import { arnParts, homeRegion } from './regions.ts';

export type Tags = Readonly<Record<string, string>>;

/** ARNs in one question; more are refused. */
const MOST_ARNS = 100;

/**
 * Tags of ARNs as the Tagging API knows them now. An ARN that is not in the answer was never tagged, is not there, or is of
 * a type that this API does not support: it does not say which, so no entry must never be read as no tags. One ARN that is
 * refused refuses its whole question: the question is halved until only that one is left out.
 *
 * @throws CloudError
 */
export async function tagsNow(
  calls: AwsCalls,
  where: Where,
  arns: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, Tags>> {
  const found = new Map<string, Tags>();
  for (let from = 0; from < arns.length; from += MOST_ARNS)
    await readInto(found, calls, where, arns.slice(from, from + MOST_ARNS), signal);
  return found;
}

async function readInto(
  found: Map<string, Tags>,
  calls: AwsCalls,
  where: Where,
  arns: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  try {
    const { ResourceTagMappingList = [] } = await calls.call(
      'tagging',
      'GetResources',
      where,
      async (client, sending) =>
        await client.send(new GetResourcesCommand({ ResourceARNList: [...arns] }), sending),
      { signal },
    );
    for (const { ResourceARN, Tags = [] } of ResourceTagMappingList)
      if (ResourceARN !== undefined) found.set(ResourceARN, tagsOf(Tags));
  } catch (thrown) {
    if (!(thrown instanceof CloudError) || thrown.code !== 'CLOUD_INVALID') throw thrown;
    if (arns.length === 1) return;
    const half = Math.ceil(arns.length / 2);
    await readInto(found, calls, where, arns.slice(0, half), signal);
    await readInto(found, calls, where, arns.slice(half), signal);
  }
}

/** What IAM says of an identity itself. */
export type IdentityTags =
  { readonly state: 'known'; readonly values: Tags } | { readonly state: 'missing' };

/**
 * Tags of a user, role, policy or instance profile, read from IAM: the Tagging API is blind for most of them. Undefined for
 * everything else.
 *
 * @throws CloudError
 */
export async function identityTags(
  calls: AwsCalls,
  account: string,
  arn: string,
  signal: AbortSignal,
): Promise<IdentityTags | undefined> {
  const parts = arnParts(arn);
  if (parts?.service !== 'iam') return undefined;
  const [kind = ''] = parts.resource.split('/');
  const list = LISTS[kind];
  if (list === undefined) return undefined;
  const where = { account, region: homeRegion(parts.partition) };
  const name = parts.resource.slice(parts.resource.lastIndexOf('/') + 1);
  try {
    const tags = await everyPage(`the tags of ${arn}`, async (token) => {
      const answer = await list(calls, where, { name, arn, token }, signal);
      return {
        items: answer.Tags ?? [],
        next: answer.IsTruncated === true ? answer.Marker : undefined,
      };
    });
    return { state: 'known', values: tagsOf(tags) };
  } catch (thrown) {
    if (thrown instanceof CloudError && thrown.code === 'CLOUD_MISSING')
      return { state: 'missing' };
    throw thrown;
  }
}

interface Identity {
  readonly name: string;
  readonly arn: string;
  readonly token: string | undefined;
}

type ListTags = (
  calls: AwsCalls,
  where: Where,
  identity: Identity,
  signal: AbortSignal,
) => Promise<{
  Tags?: Tag[] | undefined;
  IsTruncated?: boolean | undefined;
  Marker?: string | undefined;
}>;

/** By the first word of the resource in the ARN. */
const LISTS: Readonly<Record<string, ListTags>> = {
  role: async (calls, where, { name, token }, signal) =>
    await calls.call(
      'iam',
      'ListRoleTags',
      where,
      async (client, sending) =>
        await client.send(new ListRoleTagsCommand({ RoleName: name, Marker: token }), sending),
      { signal },
    ),
  user: async (calls, where, { name, token }, signal) =>
    await calls.call(
      'iam',
      'ListUserTags',
      where,
      async (client, sending) =>
        await client.send(new ListUserTagsCommand({ UserName: name, Marker: token }), sending),
      { signal },
    ),
  policy: async (calls, where, { arn, token }, signal) =>
    await calls.call(
      'iam',
      'ListPolicyTags',
      where,
      async (client, sending) =>
        await client.send(new ListPolicyTagsCommand({ PolicyArn: arn, Marker: token }), sending),
      { signal },
    ),
  'instance-profile': async (calls, where, { name, token }, signal) =>
    await calls.call(
      'iam',
      'ListInstanceProfileTags',
      where,
      async (client, sending) =>
        await client.send(
          new ListInstanceProfileTagsCommand({ InstanceProfileName: name, Marker: token }),
          sending,
        ),
      { signal },
    ),
};

function tagsOf(tags: readonly { Key?: string | undefined; Value?: string | undefined }[]): Tags {
  return Object.fromEntries(
    tags.flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? '']])),
  );
}
