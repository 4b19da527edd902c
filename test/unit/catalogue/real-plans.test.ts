import { describe, expect, it } from 'vitest';

import { toResources } from '../../../src/catalogue/resolve.ts';
import type { Resource } from '../../../src/model/resource.ts';
import { parseDocument } from '../../../src/sources/parse-document.ts';
import { normaliseDocument } from '../../../src/sources/registry.ts';
import { SAMPLES, readSample } from '../../samples.ts';

const LIMITS = { bytes: 64_000_000, yamlBytes: 1_048_576, depth: 200, members: 5_000_000 };

/** The resource at an address of a real plan. */
function find(plan: string, address: string): Resource {
  const document = parseDocument(readSample(`terraform-plan/${plan}`), plan, LIMITS);
  const found = toResources(normaliseDocument(document).resources).find(
    (one) => one.address === address,
  );
  if (found === undefined) throw new Error(`${plan} has no ${address}`);
  return found;
}

const AZURE = 'tfplan2md__firewall-rules-demo.plan3.json';
const GKE = 'conftest__gke-show.json';
const COVERAGE = 'terraform-validator__tf1_0plan.allcoverage.json';
const CARBON = 'carbonifer__plan.json';
const HASHISTACK = 'opa-policies-tfc__tfplan.json';

describe.skipIf(SAMPLES === undefined)('kinds and facts of real plans', () => {
  it.each([
    [
      AZURE,
      'azurerm_firewall.demo',
      'azure.network.firewall',
      { public_ip: true, multi_zone: false, size: 'Standard', region: 'germanywestcentral' },
    ],
    [
      AZURE,
      'azurerm_firewall_network_rule_collection.network_rules',
      'azure.network.firewall_rules',
      { open_ingress: false, open_egress: false },
    ],
    [
      AZURE,
      'azurerm_role_assignment.firewall_contributor_current',
      'azure.iam.role_assignment',
      { admin_access: false },
    ],
    [
      AZURE,
      'azurerm_resource_group.demo',
      'azure.resource_group',
      { taggable: true, deletion_protected: false },
    ],
    [
      AZURE,
      'azurerm_subnet.firewall',
      'azure.network.subnet',
      { network_isolated: false, logging: false },
    ],
    [
      GKE,
      'google_container_cluster.primary',
      'gcp.kubernetes.cluster',
      { public: true, logging: true, multi_zone: true, managed_identity: false },
    ],
    [
      GKE,
      'google_container_node_pool.primary_preemptible_nodes',
      'gcp.kubernetes.node_pool',
      { spot: true, size: 'n1-standard-1', gpu: false },
    ],
    [
      COVERAGE,
      'google_sql_database_instance.my-test-sql',
      'gcp.sql.instance',
      { public_ip: true, public: false, backup: false, encrypted_in_transit: false },
    ],
    [
      COVERAGE,
      'google_folder_iam_policy.my-test-folder-policy',
      'gcp.iam.grant',
      { admin_access: true, anyone_trusted: false },
    ],
    [
      COVERAGE,
      'google_compute_firewall.my-test-firewall',
      'gcp.compute.firewall',
      { open_ingress: false, open_admin_port: false },
    ],
    [
      CARBON,
      'google_compute_instance.default[0]',
      'gcp.compute.instance',
      { gpu: true, public_ip: true, region: 'europe-west9', disk_gb: 564 },
    ],
    [
      CARBON,
      'google_compute_region_disk.second',
      'gcp.compute.disk',
      { multi_zone: true, customer_key: false },
    ],
    [
      HASHISTACK,
      'google_kms_crypto_key.crypto_key',
      'gcp.kms.crypto_key',
      { key_rotation: true, anyone_trusted: false },
    ],
    [
      HASHISTACK,
      'module.network.google_compute_firewall.hashistack-allow-ssh',
      'gcp.compute.firewall',
      { open_ingress: true, open_admin_port: true },
    ],
    [
      HASHISTACK,
      'module.network.google_compute_firewall.hashistack-allow-http-https',
      'gcp.compute.firewall',
      { open_ingress: false },
    ],
  ])('%s: %s is %s', (plan, address, kind, facts) => {
    const resource = find(plan, address);
    expect(resource.kind).toBe(kind);
    expect(resource.facts).toMatchObject(facts);
    expect(resource.unknown.filter((path) => path.startsWith('facts.'))).toEqual([]);
  });

  it('takes labels, not network tags, for tags', () => {
    const machine = find(HASHISTACK, 'google_compute_instance.vault_server_1');
    expect(machine.tags).toEqual({ environment: 'dev', 'server-type': 'vault-dr' });
  });

  it('knows that nobody labelled a database whose labels the provider will compute', () => {
    const database = find(CARBON, 'google_sql_database_instance.instance');
    expect(database.tags).toEqual({});
    expect(database.unknown).not.toContain('tags');
  });
});
