import type { ParentRole } from '../bindings/repair.ts';
import type { Parent } from '../repair/plan/input.ts';
import type { ReadTags } from '../sources/source.ts';
import type { FleetResource, FleetTags } from '../sweep/fleet.ts';

/** What a kind is to those who stand in it. */
const ROLES: Readonly<Record<string, ParentRole>> = {
  'azure.resource_group': 'resource-group',
  'aws.ec2.vpc': 'vpc',
  'aws.ec2.subnet': 'subnet',
  'azure.network.vnet': 'vpc',
  'gcp.compute.network': 'vpc',
  'kubernetes.namespace': 'namespace',
  'gcp.project': 'project',
  'gcp.folder': 'folder',
};

/** Parents that no kind tells: by the form of their address. */
const BY_ADDRESS: readonly (readonly [RegExp, ParentRole])[] = [
  [/^aws-account\/\d{12}$/, 'account'],
  [/^\/subscriptions\/[^/]+$/, 'subscription'],
  [/^\/\/cloudresourcemanager\.googleapis\.com\/projects\/[^/]+$/, 'project'],
  [/^\/\/cloudresourcemanager\.googleapis\.com\/folders\/[^/]+$/, 'folder'],
  [/^\/\/cloudresourcemanager\.googleapis\.com\/organizations\/[^/]+$/, 'organization'],
];

/**
 * What a resource stands in, as a repair may inherit from it. Of a parent that was not read nobody knows the tags, which is not
 * the same as its having none; accounts of AWS are read by no inventory, so they are left out.
 */
export function parentsOf(
  { parents }: FleetResource,
  known: ReadonlyMap<string, FleetResource>,
): Parent[] {
  return parents.flatMap((address): Parent[] => {
    const parent = known.get(address);
    const role = roleOf(address, parent);
    if (role === undefined || (parent === undefined && role === 'account')) return [];
    const tags: ReadTags =
      parent === undefined
        ? { state: 'unknown', reason: 'no inventory has read it' }
        : readTags(parent.tags);
    return [{ role, address, tags }];
  });
}

function roleOf(address: string, parent: FleetResource | undefined): ParentRole | undefined {
  return ROLES[parent?.kind ?? ''] ?? BY_ADDRESS.find(([form]) => form.test(address))?.[1];
}

/** One value that could not be read may be the one that is asked for. */
export function readTags(tags: FleetTags): ReadTags {
  if (tags.state === 'unknown') return tags;
  return tags.unknown.length === 0
    ? { state: 'known', values: tags.values }
    : { state: 'unknown', reason: `the values of ${tags.unknown.join(', ')} could not be read` };
}
