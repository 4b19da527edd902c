import type { RawResource } from '../../sources/source.ts';
import { providerOf } from '../../sources/terraform-provider.ts';
import { scopeOf } from '../../sources/terraform-scope.ts';
import { secretPaths } from './secrets.ts';

/** One thing that a state knows of, whichever format it is written in. */
export interface StateInstance {
  /** As Terraform prints it: `module.a["x"].aws_s3_bucket.b[0]`. */
  readonly address: string;
  readonly type: string;
  /** `registry.terraform.io/hashicorp/aws`, or `aws`. */
  readonly providerName: string;
  readonly module: string | undefined;
  /** Undefined where the state does not tell them in a form that is read. */
  readonly attributes: Readonly<Record<string, unknown>> | undefined;
  /** Paths that the state marks. */
  readonly marked: readonly string[];
}

/** @param state the name of the state file. */
export function toResource(instance: StateInstance, state: string): RawResource {
  const { type, attributes } = instance;
  const known = attributes ?? {};
  const provider = providerOf(instance.providerName, type);
  return {
    address: `${state}#${instance.address}`,
    type,
    provider,
    dialect: 'terraform',
    action: 'present',
    scope: {
      ...scopeOf({ provider, attributes: known, moduleAddress: instance.module }),
      state,
    },
    attributes: known,
    unknown: attributes === undefined ? [''] : [],
    sensitive: [...new Set([...instance.marked, ...secretPaths(type, known)])],
    references: [],
  };
}

/** What a failed replacement left behind has the address of its successor. */
export function deposedAddress(address: string, deposed: string | undefined): string {
  return deposed === undefined || deposed === '' ? address : `${address} (deposed ${deposed})`;
}
