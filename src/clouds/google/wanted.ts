import { findRestatement } from '../../catalogue/live/registry.ts';
import { KINDS, findShape } from '../../catalogue/registry.ts';
import { matchesAny } from '../../kit/glob.ts';
import type { Wanted } from '../inventory.ts';
import { regionOf } from './names.ts';
import type { GoogleSettings } from './schema.ts';

/** What of an estate is to be read: by the configuration, and by whoever asks for a sweep. */
export interface Filter {
  readonly project: (id: string) => boolean;
  readonly type: (assetType: string) => boolean;
  readonly region: (assetType: string, location: string | undefined) => boolean;
}

export function filterOf({ projects }: GoogleSettings, wanted: Wanted): Filter {
  const types = new Map<string, boolean>();
  const { accounts, regions } = wanted;
  return {
    project: (id) =>
      (projects === undefined || matchesAny(projects, id)) &&
      (accounts === undefined || matchesAny(accounts, id)),
    type: (assetType) => {
      const known = types.get(assetType) ?? isWanted(assetType, wanted);
      types.set(assetType, known);
      return known;
    },
    region: (assetType, location) =>
      regions === undefined || matchesAny(regions, regionOf(assetType, location)),
  };
}

function isWanted(assetType: string, { kind }: Wanted): boolean {
  const restatement = findRestatement('google-asset', assetType);
  if (restatement === undefined) return kind(assetType);
  // Which kind such a type is of, only the resource itself tells: it is read when any of them could be wanted.
  if (typeof restatement.as !== 'string') return KINDS.some((one) => kind(one.kind));
  return kind(findShape('terraform', restatement.as)?.kind ?? assetType);
}
