import type { RawResource } from '../sources/source.ts';
import type { CloudErrorCode } from './errors.ts';

/**
 * The port through which a sweep reads what exists. An adapter knows one cloud's way of listing; it does not judge, keeps
 * nothing, and never turns "could not be read" into "is not there".
 */
export interface Inventory {
  /** As the configuration names it. */
  readonly name: string;
  /** The adapter's id in src/clouds/registry.ts: `aws`, `azure`, `google`, `kubernetes`, `terraform-state`, `json-lines`. */
  readonly adapter: string;
  /**
   * What there is to read, in parts that are read, resumed and found unreadable each on its own.
   *
   * @throws CloudError only when nothing at all can be planned; an account that refuses is a gap of the plan.
   */
  readonly plan: (wanted: Wanted, signal: AbortSignal) => Promise<InventoryPlan>;
  /**
   * One page of a part. The same cursor gives the same page again, or one that overlaps it: after a crash pages are read again.
   * Where others may hang on it, what is not of a wanted kind is given too; the sweep leaves it out.
   *
   * @param cursor `next` of the page before; absent for the first one.
   * @throws CloudError, which makes a gap of the rest of this part.
   */
  readonly read: (
    partition: Partition,
    cursor: string | undefined,
    signal: AbortSignal,
  ) => Promise<Page>;
  /**
   * Who made a resource, where pages do not tell it and the configuration lets somebody be asked: one by one and slowly, so
   * only for what somebody has to answer for. What cannot be read is unknown and no error. Absent: pages tell all there is.
   *
   * @throws CloudError CLOUD_STOPPED alone.
   */
  readonly whoMade?: (made: LiveResource, signal: AbortSignal) => Promise<CreatorReading>;
  readonly close: () => Promise<void>;
}

/** What a sweep wants to see. */
export interface Wanted {
  /** True for a kind of the catalogue, or a native type that the catalogue does not know, that some rule looks at. */
  readonly kind: (kind: string) => boolean;
  /**
   * True for a kind that some rule has to see side by side with others, because it judges one by what else there is. An
   * adapter whose resources may be compared with each other reads these as one part; absent: nobody compares.
   */
  readonly together?: (kind: string) => boolean;
  /** Globs over accounts (projects, subscriptions, clusters); absent: all that the configuration names. */
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
}

/** A part of an inventory. */
export interface Partition {
  /** Unique in its inventory and the same in every sweep: `123456789012/eu-central-1/AWS::S3::Bucket`. */
  readonly key: string;
  /** Where it is: `account`, `region`, `project`, `subscription`, `cluster`, `namespace`, … */
  readonly scope: Readonly<Record<string, string>>;
  /** The native type, where a part is of one type; where it is of some that nobody compares, all of them: `a, b`. */
  readonly type?: string;
  /**
   * The native types that are read as one part, because some rule compares them, and the kind of each. All there is of these
   * kinds is in this part: rules believe that what they do not find in it does not exist.
   */
  readonly together?: Readonly<Record<string, string>>;
  /** How many resources it will give, where that is known beforehand; for progress alone. */
  readonly expected?: number;
}

export interface InventoryPlan {
  readonly partitions: readonly Partition[];
  /** What is known beforehand to be unreadable: an account whose role cannot be assumed, an aggregator source that failed. */
  readonly gaps: readonly Gap[];
  /** Every account (project, subscription, cluster, file) that was asked for, readable or not: the whole of the coverage. */
  readonly accounts: readonly string[];
}

/** Something that could not be read. Findings in it stay as they are: nothing is closed by not being seen. */
export interface Gap {
  readonly scope: Readonly<Record<string, string>>;
  readonly type?: string;
  readonly code: CloudErrorCode;
  /** In words for a person: what was refused, by whom, for whom. No credentials. */
  readonly message: string;
}

export interface Page {
  readonly resources: readonly LiveResource[];
  /** The cursor of the next page; absent on the last one. */
  readonly next?: string;
  /** What of this page could not be read; then the partition is incomplete. */
  readonly gaps?: readonly Gap[];
}

/** One thing that exists, as an inventory found it. */
export interface LiveResource {
  /** Action `present`; its address is unique in the whole estate and the same in every sweep: an ARN, a resource id, a full name. */
  readonly resource: RawResource;
  /** When the cloud took down what is told here (RFC 3339); AWS Config may be a day behind. Absent: now. */
  readonly capturedAt?: string;
  readonly createdAt?: string;
  readonly createdBy?: Creator;
  /** Addresses of what it stands in, the nearest first: a resource group, a VPC, a namespace, an account. */
  readonly parents?: readonly string[];
  /** The tool that made it and will undo what others change. */
  readonly managedBy?: Manager;
}

export interface Creator {
  /** A user name, or the session of a role: what stands for a person. */
  readonly name: string;
  readonly role?: string;
  /** The event it was read from. */
  readonly event?: string;
}

/** What came of looking up who made a resource. */
export type CreatorReading =
  | { readonly state: 'known'; readonly creator: Creator }
  | ({ readonly state: 'unknown' } & CreatorUnknown);

/** Why nobody can say who made a resource, after it was looked up. */
export interface CreatorUnknown {
  /**
   * - `no-record`: it was looked up, and there is no record of it; there will not be one later either.
   * - `pending`: it is so young that the record may still come.
   * - `unread`: the cloud did not answer; `limit`: as much was looked up as the configuration allows at a time.
   */
  readonly why: 'no-record' | 'pending' | 'unread' | 'limit';
  readonly reason: string;
}

export interface Manager {
  readonly tool:
    'terraform' | 'cloudformation' | 'kubernetes-controller' | 'azure-managed' | 'other';
  /** A stack, a workspace, a state file, an owner reference; empty where only the tool is known. */
  readonly name: string;
}
