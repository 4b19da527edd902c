import type { ParentRole } from '../../bindings/repair.ts';
import type { Rule } from '../../bindings/rule.ts';
import type { Creator, Manager } from '../../clouds/inventory.ts';
import type { TagLimits } from '../../clouds/tagger.ts';
import type { Resource } from '../../model/resource.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { ReadTags } from '../../sources/source.ts';

/** A live resource, with what a repair must know besides. */
export interface RepairSubject {
  /** In normal form. Tags that could not be read stand in its `unknown`. */
  readonly resource: Resource;
  readonly inventory: string;
  /** What it stands in, the nearest first, each with its own tags. */
  readonly parents: readonly Parent[];
  readonly createdBy?: Creator;
  readonly managedBy?: Manager;
  /** Where code declares it, in the words of Terraform: `module.data.aws_s3_bucket.logs`. */
  readonly code?: string;
}

export interface Parent {
  readonly role: ParentRole;
  readonly address: string;
  readonly tags: ReadTags;
}

/** A repair that was made before, as the journal tells it. */
export interface PastRepair {
  readonly address: string;
  readonly key: string;
  readonly run: string;
  /** RFC 3339. */
  readonly at: string;
  /** Who took it back, where that was done through us. */
  readonly undoneBy?: string;
}

/** What a plan rests its percentages on. */
export interface RepairCoverage {
  /** False when an account, a page or a type of the scope could not be read. */
  readonly complete: boolean;
  readonly gaps: readonly string[];
  /** Resources that a rule judged, by the rule's id. */
  readonly judged: Readonly<Record<string, number>>;
}

/** What the cloud behind an inventory takes. `adapter` as in Tagger. */
export interface TaggerLimits {
  readonly adapter: string;
  readonly limits: TagLimits;
}

export interface PlanInput {
  readonly subjects: readonly RepairSubject[];
  readonly verdicts: readonly Verdict[];
  readonly rules: readonly Rule[];
  readonly coverage: RepairCoverage;
  readonly history: readonly PastRepair[];
  /** By the inventory's name; absent where nothing can be written. */
  readonly taggers: Readonly<Record<string, TaggerLimits>>;
  readonly now: Date;
}
