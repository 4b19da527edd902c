/** Where a resource is, by its location: a zone, a region, a multi-region or `global`. */
export function placeOf(
  assetType: string,
  location: string | undefined,
): { readonly region?: string; readonly zone?: string } {
  const place = location?.toLowerCase();
  // Global resources of Compute have no place in their own words; a key ring's `global` is one it was given.
  if (place === undefined || (place === 'global' && assetType.startsWith('compute.'))) return {};
  const region = /^(?<region>[a-z]+-[a-z]+\d+)-[a-z]$/.exec(place)?.groups?.['region'];
  return region === undefined ? { region: place } : { region, zone: place };
}

/** The region that a wish for regions is held against; what has no place is `global`. */
export function regionOf(assetType: string, location: string | undefined): string {
  return placeOf(assetType, location).region ?? 'global';
}

/** The project's id in a full resource name, `//compute.googleapis.com/projects/shop/…`; some services put the number there. */
export function projectIdIn(name: string): string | undefined {
  const project = /^\/\/[^/]+\/projects\/(?<project>[^/]+)/.exec(name)?.groups?.['project'];
  return project === undefined || isNumber(project) ? undefined : project;
}

/** `projects/123` or `projects/shop`: the part behind the slash. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function isNumber(text: string): boolean {
  return /^\d+$/.test(text);
}

/**
 * The path of a full resource name behind its service, each segment encoded: what the name holds is an inventory's word,
 * and must not lead a request elsewhere.
 */
export function pathOf(name: string, service: string): string | undefined {
  const prefix = `//${service}/`;
  if (!name.startsWith(prefix)) return undefined;
  const segments = name.slice(prefix.length).split('/');
  if (segments.some((segment) => ['', '.', '..'].includes(segment))) return undefined;
  return segments.map(encodeURIComponent).join('/');
}
