import { valueAt } from '../kit/paths.ts';

/** What a scope is read from. */
export interface ScopeClues {
  readonly provider: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** What the code configures its provider with. A state does not carry it. */
  readonly settings?: ProviderSettings;
  readonly moduleAddress: string | undefined;
}

export interface ProviderSettings {
  /** A setting as text, where it is a constant or the value of a variable. */
  readonly text: (name: string) => string | undefined;
  /** The ARN of the role that the provider takes on. */
  readonly roleArn: unknown;
  readonly allowedAccounts: unknown;
}

type Scope = Record<string, string | undefined>;

/**
 * Where a resource lives, as far as the document tells: account, region, project, subscription, resourceGroup, zone,
 * namespace, cluster, module. What a resource says itself stands over what its provider's configuration says.
 */
export function scopeOf(clues: ScopeClues): Record<string, string> {
  const known: Record<string, string> = {};
  const found = { ...cloudScope(clues), module: clues.moduleAddress };
  for (const [name, value] of Object.entries(found)) {
    if (value !== undefined && value !== '') known[name] = value;
  }
  return known;
}

function cloudScope(clues: ScopeClues): Scope {
  switch (clues.provider) {
    case 'aws':
      return awsScope(clues);
    case 'azure':
      return azureScope(clues);
    case 'gcp':
      return googleScope(clues);
    case 'kubernetes':
      return kubernetesScope(clues);
    default:
      return {};
  }
}

const AWS_REGION = /^[a-z]{2}(?:-[a-z]+)+-\d+$/;
const AWS_ZONE = /^([a-z]{2}(?:-[a-z]+)+-\d+)[a-z-]/;
const AWS_ARN = /^arn:[^:]*:[^:]*:([^:]*):(\d{12})?:/;

function awsScope({ attributes, settings }: ScopeClues): Scope {
  const [, arnRegion, arnAccount] = AWS_ARN.exec(text(attributes, 'arn') ?? '') ?? [];
  const zone = AWS_ZONE.exec(text(attributes, 'availability_zone') ?? '')?.[1];
  const regions = [text(attributes, 'region'), arnRegion, zone, settings?.text('region')];
  return {
    account: arnAccount ?? awsProviderAccount(settings),
    region: regions.find((region) => region !== undefined && AWS_REGION.test(region)),
  };
}

function awsProviderAccount(settings: ProviderSettings | undefined): string | undefined {
  const allowed = settings?.allowedAccounts;
  if (Array.isArray(allowed) && allowed.length === 1) return String(allowed[0]);
  const role = settings?.roleArn;
  return typeof role === 'string' ? AWS_ARN.exec(role)?.[2] : undefined;
}

function azureScope({ attributes, settings }: ScopeClues): Scope {
  const id = text(attributes, 'id') ?? '';
  return {
    subscription: /^\/subscriptions\/([^/]+)/i.exec(id)?.[1] ?? settings?.text('subscription_id'),
    resourceGroup:
      text(attributes, 'resource_group_name') ?? /\/resourceGroups\/([^/]+)/i.exec(id)?.[1],
    // "West Europe" and "westeurope" are the same place.
    region: text(attributes, 'location')?.toLowerCase().replaceAll(' ', ''),
  };
}

function googleScope({ attributes, settings }: ScopeClues): Scope {
  const zone = lastSegment(text(attributes, 'zone'));
  const own =
    lastSegment(text(attributes, 'region')) ??
    text(attributes, 'location')?.toLowerCase() ??
    zone?.replace(/-[a-z]$/, '');
  return {
    project: text(attributes, 'project') ?? settings?.text('project'),
    region: own ?? settings?.text('region'),
    zone,
  };
}

function kubernetesScope({ attributes, settings }: ScopeClues): Scope {
  const namespace = [
    ['metadata', 0, 'namespace'],
    ['manifest', 'metadata', 'namespace'],
    ['namespace'],
  ]
    .map((path) => valueAt(attributes, path))
    .find((value) => typeof value === 'string');
  return { namespace, cluster: settings?.text('config_context') };
}

function text(attributes: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = attributes[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Google writes a zone as its name or as a URL that ends with it. */
function lastSegment(value: string | undefined): string | undefined {
  return value?.split('/').at(-1);
}
