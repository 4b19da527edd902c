import type { Note } from '../model/decision.ts';
import type { Action, Location } from '../model/resource.ts';

/**
 * A resource as one document says it, before the catalogue gives it kind, tags and facts.
 * Paths in `unknown` and `sensitive` are relative to `attributes`: `kms_key_id`, `ingress[0].cidr_blocks`.
 */
export interface RawResource {
  readonly address: string;
  /** The document's own word for its type: `aws_s3_bucket`, `apps/v1/Deployment`. */
  readonly type: string;
  readonly provider: string;
  /** Which family of words the type and the attributes use; the catalogue keys its tables by it. */
  readonly dialect: Dialect;
  readonly action: Action;
  readonly scope: Readonly<Record<string, string>>;
  /** As planned; of a deletion: as it was. An unknown member is absent, an unknown list element null. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly before?: Readonly<Record<string, unknown>>;
  /** Paths whose value is not known until apply. */
  readonly unknown: readonly string[];
  readonly sensitive: readonly string[];
  /**
   * Paths that the author's code sets, by constant or expression; absent when the document does not carry the code.
   * What is unknown and not written is merely computed by the provider: nobody asked for it.
   */
  readonly written?: readonly string[];
  /** Tags that the provider adds to every resource it makes; `unknown` lists keys (or '' for: any) not known yet. */
  readonly defaultTags?: DefaultTags;
  /** What the resource's attributes refer to. */
  readonly references: readonly Reference[];
  readonly location?: Location;
  readonly previousAddress?: string;
  readonly imported?: boolean;
  /**
   * Tags as an inventory read them, kept apart from the attributes because every service keeps them elsewhere. Where this
   * is given, tags are not looked for in the attributes.
   */
  readonly tags?: ReadTags;
  /**
   * True when the document tells of a part of the resource only: an attribute whose name does not stand in `attributes`
   * is unknown then, not absent. One that is known to be absent stands there as `undefined` or null.
   */
  readonly partial?: boolean;
  /** What the document itself says of kind and facts; nothing is derived from the attributes then. */
  readonly told?: Told;
}

/** What somebody who knows a system says of a resource in the words of the catalogue. */
export interface Told {
  readonly kind: string;
  /** By names of FACTS, with their types. */
  readonly facts: Readonly<Record<string, boolean | string | number | undefined>>;
}

/** Tags that were read, or that could not be: never the same as having none (a failed read once led to deletions). */
export type ReadTags =
  | { readonly state: 'known'; readonly values: Readonly<Record<string, string>> }
  | { readonly state: 'unknown'; readonly reason: string };

export interface DefaultTags {
  readonly tags: Readonly<Record<string, string>>;
  /** Keys whose values are not known; '' when not even the keys are. */
  readonly unknown: readonly string[];
}

/** An attribute of one resource that names another one in the same document. */
export interface Reference {
  /** The attribute that holds the reference, by its top-level name: `bucket`. */
  readonly attribute: string;
  /**
   * Addresses it may name. `exact` when it names all of them for certain; otherwise it names one or none of them,
   * and what hangs on the link is unknown. No targets and not `exact`: it may name anything in the document.
   */
  readonly targets: readonly string[];
  readonly exact: boolean;
}

/**
 * - `terraform`, `kubernetes`: the words of Terraform's providers, and of the Kubernetes API.
 * - `aws-config`: a configuration item of AWS Config: `{arn, resourceId, resourceName, resourceType, configuration,
 *   supplementaryConfiguration, relationships}`, with the JSON texts inside parsed.
 * - `azure-resource`: a resource as Azure Resource Manager answers it: `{id, name, type, location, sku, properties, …}`.
 * - `google-asset`: `{name, assetType, project, location, data}`; `data` is the resource in the words of its own API.
 * - `inventory`: a line of a JSON-lines inventory, which names kind and facts itself (`told`); the attributes are its `config`.
 */
export const DIALECTS = [
  'terraform',
  'kubernetes',
  'aws-config',
  'azure-resource',
  'google-asset',
  'inventory',
] as const;
export type Dialect = (typeof DIALECTS)[number];

/** What a source makes of one document. */
export interface Normalised {
  readonly resources: readonly RawResource[];
  readonly notes: readonly Note[];
  /** Sensitive values that the document states outside its resources: they must not be shown, wherever they turn up. */
  readonly secrets?: readonly string[];
}

/** A document after the door: within the limits, decoded, and parsed as far as its syntax goes. */
export interface ParsedDocument {
  /** A file name or URL path, for messages; never opened here. */
  readonly name: string | undefined;
  readonly syntax: 'json' | 'yaml';
  /** One value for JSON; for YAML as many as the stream has documents. */
  readonly values: readonly unknown[];
  /** For YAML: where each of `values` begins. */
  readonly lines?: readonly number[];
  /** What was noticed at the door. */
  readonly notes?: readonly Note[];
}

/** The adapter that recognises one document format and turns it into resources. */
export interface Source {
  readonly id: string;
  readonly title: string;
  /** What a person should do to get such a document; shown by --help and in errors. */
  readonly hint: string;
  /** True when the document is of this format. Cheap: looks at a few members, throws never. */
  readonly recognises: (document: ParsedDocument) => boolean;
  /** @throws SourceError when the document is of this format but cannot be judged. */
  readonly normalise: (document: ParsedDocument) => Normalised;
}
