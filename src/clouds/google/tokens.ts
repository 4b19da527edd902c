import { CloudError } from '../errors.ts';

/** Notices a service that leads in circles: a page token that was there before means that pages come again for ever. */
export interface TokenTrail {
  /**
   * @param used the token that asked for this page, `next` the one that came with it.
   * @throws CloudError CLOUD_PROTOCOL when `next` was used already on the way here.
   */
  readonly step: (key: string, used: string | undefined, next: string | undefined) => void;
}

export function trailOfTokens(): TokenTrail {
  const trails = new Map<string, string[]>();
  return {
    step: (key, used, next) => {
      const trail = trailTo(trails.get(key) ?? [], used);
      if (next === undefined) {
        trails.delete(key);
        return;
      }
      if (trail.includes(next))
        throw new CloudError(
          'CLOUD_PROTOCOL',
          `the pages of ${key} go round in circles: a page token came twice`,
        );
      trails.set(key, trail);
    },
  };
}

/** A page may be asked for again after a crash: what came after it is forgotten then. */
function trailTo(trail: string[], used: string | undefined): string[] {
  if (used === undefined) return [];
  const at = trail.indexOf(used);
  return at === -1 ? [...trail, used] : trail.slice(0, at + 1);
}
