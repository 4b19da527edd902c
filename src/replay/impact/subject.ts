import type { Resource } from '../../model/resource.ts';

/** Whom a change of a resource concerns. */
export interface Subject {
  readonly team: string;
  readonly account: string;
}

export const NOBODY: Subject = { team: '(nobody named)', account: '(no account)' };

/** @param teamTags tags that name a team, in any letter case; the first that a resource has counts. */
export function subjectOf(
  resource: Pick<Resource, 'tags' | 'scope'> | undefined,
  teamTags: readonly string[],
): Subject {
  if (resource === undefined) return NOBODY;
  const { scope } = resource;
  return {
    team: teamOf(resource.tags, teamTags) ?? NOBODY.team,
    account:
      scope['account'] ??
      scope['subscription'] ??
      scope['project'] ??
      scope['cluster'] ??
      NOBODY.account,
  };
}

function teamOf(
  tags: Readonly<Record<string, string>>,
  teamTags: readonly string[],
): string | undefined {
  const entries = Object.entries(tags).filter(([, value]) => value.trim() !== '');
  for (const wanted of teamTags) {
    const found = entries.find(([key]) => key.toLowerCase() === wanted.toLowerCase());
    if (found !== undefined) return found[1];
  }
  return undefined;
}
