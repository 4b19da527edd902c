import type { Creator } from '../inventory.ts';
import type { Identity, TrailRecord } from './trail.ts';

/**
 * Who stands behind an event: a person's name where there is one, otherwise what acted, by a name that nobody takes for a
 * person (`autoscaling.amazonaws.com`, `root`, the number of an account). Undefined where the event names nobody.
 */
export function creatorIn({ eventID, eventName, userIdentity }: TrailRecord): Creator | undefined {
  const { name, role } = namesOf(userIdentity);
  if (name === undefined || name === '') return undefined;
  const { invokedBy } = userIdentity;
  const by = invokedBy === undefined || invokedBy === name ? '' : ` by way of ${invokedBy}`;
  return { name, ...(role === undefined ? {} : { role }), event: `${eventName}${by}, ${eventID}` };
}

interface Names {
  readonly name: string | undefined;
  readonly role?: string | undefined;
}

function namesOf(identity: Identity): Names {
  switch (identity.type) {
    case 'Root':
      return { name: 'root' };
    case 'AssumedRole':
      return ofSession(identity);
    case 'FederatedUser':
      return { name: sessionOf(identity) };
    case 'AWSService':
      return { name: identity.invokedBy };
    case 'AWSAccount':
      return { name: identity.accountId };
    default:
      return { name: identity.userName };
  }
}

/**
 * A role was assumed by somebody: whom the identity provider vouches for, or what they called their session. A service
 * assumes a role of its own, or one that it was lent, under its own name.
 */
function ofSession(identity: Identity): Names {
  const { sourceIdentity, sessionIssuer } = identity.sessionContext ?? {};
  const [, service] = /\/aws-service-role\/([^/]+)\//.exec(sessionIssuer?.arn ?? '') ?? [];
  const role = sessionIssuer?.userName;
  if (service !== undefined) return { name: service, role };
  const session = sessionOf(identity);
  if (isOwnSession(session, identity.invokedBy)) return { name: identity.invokedBy, role };
  return { name: sourceIdentity ?? session, role };
}

/** `arn:aws:sts::…:assumed-role/ROLE/SESSION`, `AROA…:SESSION`. */
function sessionOf({ arn, principalId }: Identity): string | undefined {
  return /^arn:[^/]+\/(?:.*\/)?([^/]+)$/.exec(arn ?? '')?.[1] ?? principalId?.split(':')[1];
}

/** `AWSCloudFormation` of cloudformation.amazonaws.com. */
function isOwnSession(session: string | undefined, invokedBy: string | undefined): boolean {
  const [service = ''] = invokedBy?.split('.') ?? [];
  return service !== '' && session?.toLowerCase().replace(/^aws/, '') === service;
}
