import type { Permission } from '../../adapter.ts';
import type { RestRequest } from '../connection.ts';

/** How one asset type keeps labels, and how they are read and written through its own service. */
export interface LabelService {
  /** The asset type: `compute.googleapis.com/Instance`. */
  readonly type: string;
  /** The service that is asked. */
  readonly host: string;
  /** The path of a resource at its service, by its full name; undefined where the name is not one of this type. */
  readonly path: (name: string) => string | undefined;
  /** Where labels stand in what the service answers. */
  readonly labels: readonly string[];
  /** Where the fingerprint, etag or generation stands that a write must carry; absent where the service has none. */
  readonly version?: readonly string[];
  /** The call that makes labels what `wanted` says. */
  readonly update: (path: string, wanted: WantedLabels) => Omit<RestRequest, 'host'>;
  /** How it is found out that a change is through, where the service does it in its own time. */
  readonly operation?: OperationStyle;
  readonly permissions: ServicePermissions;
}

export interface WantedLabels {
  /** The whole set as it shall be. */
  readonly all: Readonly<Record<string, string>>;
  /** Keys that are to go; in `all` they are absent. */
  readonly removed: readonly string[];
  /** As read; empty where the service has none. */
  readonly version: string;
}

export interface OperationStyle {
  /** The path that tells how the operation stands, from what the service answered; undefined where it is done already. */
  readonly pollPath: (answer: unknown, path: string) => string | undefined;
  readonly permission?: Permission;
}

export interface ServicePermissions {
  readonly read: string;
  readonly write: string;
}
