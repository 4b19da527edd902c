import type { Dialect } from '../../sources/source.ts';

/** The dialects of what exists: a cloud's own answer about a resource. */
export type LiveDialect = Extract<Dialect, 'aws-config' | 'azure-resource' | 'google-asset'>;

/**
 * A live resource in the words of Terraform's providers, so that the one function that derives the facts of a plan
 * derives those of what was made from it too.
 */
export interface Restated {
  /**
   * By Terraform's names. A name that is missing here is unknown: what the cloud did not tell is never taken for a default.
   * A name with `undefined` or null is known to be absent.
   */
  readonly attributes: Readonly<Record<string, unknown>>;
  /**
   * Paths inside `attributes` of which something is there and nobody says what: `server_side_encryption[0].kms_key_arn` of
   * a table whose key may be AWS's own. A whole attribute is left out instead.
   */
  readonly unknown?: readonly string[];
  /** What Terraform writes as resources of their own and the cloud tells inside this one: an access block, a bucket policy. */
  readonly companions?: readonly RestatedCompanion[];
  /** Types of Terraform of which `companions` holds all that belong to this resource; of other types nothing is known. */
  readonly tells?: readonly string[];
}

export interface RestatedCompanion {
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** How one native type of a live dialect is told in the words of Terraform. */
export interface Restatement {
  /** The cloud's own name of the type: `AWS::S3::Bucket`, `Microsoft.Storage/storageAccounts`, `storage.googleapis.com/Bucket`. */
  readonly type: string;
  /** The type of Terraform whose kind, taggability and facts hold; by the item where one native type is several. */
  readonly as: string | ((item: LiveItem) => string);
  /** Left out: kind and tags are known, every fact is unknown. Pure; must not throw, whatever the item holds. */
  readonly restate?: (item: LiveItem) => Restated;
  /** Paths of the item to redact everywhere: `configuration.environment.variables`. */
  readonly sensitive?: readonly string[];
}

/** Attributes of the live resource, as its dialect says (see DIALECTS in src/sources/source.ts). */
export type LiveItem = Readonly<Record<string, unknown>>;
