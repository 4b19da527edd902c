import type { AwsFault } from '../clouds/fakes/aws/index.ts';
import type { FakeFault as AzureFault } from '../clouds/fakes/azure/index.ts';
import type { GoogleFault } from '../clouds/fakes/google/index.ts';
import { AWS_HALF_BLIND } from './estate/aws.ts';

/*
 * What goes wrong in the demo: each was seen to happen in the clouds that the fakes stand for. None of it costs more than a few
 * seconds, and each ends in a right answer or in words, never in a resource that counts as compliant unread.
 */

/** That an account has no role is part of the estate. */
export const AWS: readonly AwsFault[] = [
  { kind: 'throttle', operation: 'SelectResourceConfig', retryAfter: '1', times: 1 },
  { kind: 'short-page', operation: 'SelectResourceConfig', times: 2 },
  // The deadline of one attempt ends it.
  { kind: 'hang', operation: 'SelectResourceConfig', times: 1 },
  { kind: 'denied', operation: 'ListRoleTags', account: AWS_HALF_BLIND },
  // The answer says 200, and means it for the others of the batch only.
  { kind: 'throttle-embedded', operation: 'TagResources', times: 2 },
];

export const AZURE: readonly AzureFault[] = [
  { on: 'graph', skip: 2, times: 1, harm: { kind: 'throttle', retryAfter: 1 } },
  { on: 'graph', about: 'order by id', skip: 2, times: 1, harm: { kind: 'short', rows: 5 } },
  { on: 'tags-write', skip: 3, times: 1, harm: { kind: 'throttle', retryAfter: 1 } },
];

export const GOOGLE: readonly GoogleFault[] = [
  { kind: 'throttled', on: 'cloudasset.assets.listResource', retryAfter: 1, times: 1 },
  { kind: 'rate-limited', on: 'storage.buckets.update', times: 1 },
];
