import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { isEveryone } from '../ports.ts';
import { firstOf, hasBlock, names } from '../terraform.ts';
import { allOf, anyOf, equals, holds, not, orElse, someOf } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import {
  UNLABELLED,
  accelerated,
  attached,
  encrypted,
  googleKind,
  guarded,
  isZone,
  openToAnyone,
  ownKey,
  spot,
} from './service.ts';

/**
 * Page google_container_cluster. Logs, metrics and upgrades are on unless told; the provider refuses to delete unless
 * told (since version 5); the control plane answers to everybody unless it is private or lists who may come.
 */
function cluster(view: View): Facts {
  const nodesHidden = orElse(view.boolean('private_cluster_config[0].enable_private_nodes'), false);
  const size = view.string('node_config[0].machine_type');
  return {
    encrypted_at_rest: true,
    customer_key: ownKey(view, 'database_encryption[0].key_name'),
    public: not(anyOf(hidden(view), restricted(view))),
    public_ip: not(nodesHidden),
    network_isolated: nodesHidden,
    logging: switchedOn(view, 'logging'),
    monitoring: switchedOn(view, 'monitoring'),
    auto_upgrade: not(equals(view.string('release_channel[0].channel'), 'UNSPECIFIED')),
    local_auth: anyOf(
      names(view, 'master_auth[0].username'),
      orElse(
        view.boolean('master_auth[0].client_certificate_config[0].issue_client_certificate'),
        false,
      ),
    ),
    managed_identity: anyOf(
      hasBlock(view, 'workload_identity_config'),
      orElse(view.boolean('enable_autopilot'), false),
    ),
    deletion_protected: guarded(view, true),
    multi_zone: severalZones(view),
    engine_version: view.string('min_master_version'),
    instance_count: view.number('initial_node_count'),
    size,
    gpu: accelerated(size, attached(view, 'node_config[0].guest_accelerator')),
  };
}

/** No address of the internet on the control plane at all. */
function hidden(view: View): Truth {
  const byAddress = view.boolean(
    'control_plane_endpoints_config[0].ip_endpoints_config[0].enabled',
  );
  return anyOf(
    orElse(view.boolean('private_cluster_config[0].enable_private_endpoint'), false),
    not(orElse(byAddress, true)),
  );
}

/** The block without any `cidr_blocks` lets in nobody from outside. */
function restricted(view: View): Truth {
  const block = hasBlock(view, 'master_authorized_networks_config');
  const everyone = someOf(
    view.list('master_authorized_networks_config[0].cidr_blocks'),
    (network) => holds(network.string('cidr_block'), isEveryone),
  );
  return allOf(block, not(everyone));
}

/** Switched off by `none` as the service, or by a list of components that is empty. */
function switchedOn(view: View, what: 'logging' | 'monitoring'): Truth {
  const parts = view.list(`${what}_config[0].enable_components`);
  return allOf(
    not(equals(view.string(`${what}_service`), 'none')),
    not(holds(parts, (components) => components.length === 0)),
  );
}

/** A region holds several zones; so does a zonal cluster with nodes elsewhere too, or one written by region or zone (version 2). */
function severalZones(view: View): Truth {
  const place = firstOf(view.string('location'), view.string('region'), view.string('zone'));
  return anyOf(
    holds(place, (location) => !isZone(location)),
    holds(view.list('node_locations'), (zones) => zones.length > 1),
  );
}

function nodePool(view: View): Facts {
  const size = orElse(view.string('node_config[0].machine_type'), 'e2-medium');
  return {
    ...encrypted(view, 'node_config[0].boot_disk_kms_key'),
    ...addresses(view),
    auto_upgrade: orElse(view.boolean('management[0].auto_upgrade'), true),
    spot: spot(view, 'node_config[0]'),
    multi_zone: severalZones(view),
    engine_version: view.string('version'),
    instance_count: firstOf(
      view.number('autoscaling[0].total_max_node_count'),
      view.number('autoscaling[0].max_node_count'),
      view.number('node_count'),
      view.number('initial_node_count'),
    ),
    disk_gb: view.number('node_config[0].disk_size_gb'),
    size,
    gpu: accelerated(size, attached(view, 'node_config[0].guest_accelerator')),
  };
}

/** Where the pool says nothing, its cluster decides. */
function addresses(view: View): Facts {
  const hiddenNodes = view.boolean('network_config[0].enable_private_nodes');
  return hiddenNodes === undefined ? {} : { public_ip: not(hiddenNodes) };
}

/**
 * Page google_artifact_registry_repository. Scanning is inherited from the project, where it is on only if somebody
 * enabled its service; it counts when the repository says so.
 */
function repository(view: View): Facts {
  return {
    ...encrypted(view, 'kms_key_name'),
    ...docker(view),
    stateful: true,
    public: openToAnyone(view, 'google_artifact_registry_repository', 'repository', [
      'id',
      'name',
      'repository_id',
    ]),
    lifecycle: allOf(
      hasBlock(view, 'cleanup_policies'),
      not(orElse(view.boolean('cleanup_policy_dry_run'), false)),
    ),
    multi_zone: true,
  };
}

/** Only images are scanned and have tags. */
function docker(view: View): Facts {
  if (view.string('format') !== 'DOCKER') return {};
  return {
    image_scanning: equals(
      view.string('vulnerability_scanning_config[0].enablement_config'),
      'INHERITED',
    ),
    immutable_tags: orElse(view.boolean('docker_config[0].immutable_tags'), false),
  };
}

export const CONTAINERS: readonly Kind[] = [
  googleKind({
    kind: 'gcp.kubernetes.cluster',
    title: 'Google Kubernetes Engine cluster',
    types: ['google_container_cluster'],
    tags: { shape: 'map', path: 'resource_labels', all: ['effective_labels', 'terraform_labels'] },
    facts: cluster,
  }),
  googleKind({
    kind: 'gcp.kubernetes.node_pool',
    title: 'Node pool of a Google Kubernetes Engine cluster',
    types: ['google_container_node_pool'],
    // Its machines carry the labels of the cluster; `node_config.labels` are those of Kubernetes.
    tags: UNLABELLED,
    facts: nodePool,
  }),
  googleKind({
    kind: 'gcp.artifactregistry.repository',
    title: 'Artifact Registry repository',
    types: ['google_artifact_registry_repository'],
    facts: repository,
  }),
];
