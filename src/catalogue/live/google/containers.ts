import { flag, given, list, number, object, orNone, text, texts } from '../read.ts';
import type { LiveItem, Restatement } from '../restatement.ts';
import { asset, block, each, one } from './asset.ts';
import type { Data, Told } from './asset.ts';
import { accelerators } from './compute.ts';

const ENDPOINTS = 'controlPlaneEndpointsConfig.ipEndpointsConfig';

/**
 * container.googleapis.com/Cluster. How the control plane is reached stands in two places: the newer one is asked first, the
 * older one is still answered. Terraform's guard against deletion is unknown to the cluster.
 */
function cluster(data: Data, item: LiveItem): Told {
  return {
    ...reach(data),
    ...operations(data),
    ...places(data, item),
    node_config: one(object(data, 'nodeConfig'), (config) => ({
      machine_type: text(config, 'machineType'),
      guest_accelerator: accelerators(config, 'accelerators'),
    })),
    database_encryption: [{ key_name: orNone(text(data, 'databaseEncryption.keyName')) }],
    master_auth: [credentials(data)],
    workload_identity_config: block(
      text(data, 'workloadIdentityConfig.workloadPool') !== undefined,
    ),
    enable_autopilot: flag(data, 'autopilot.enabled') ?? false,
    min_master_version: text(data, 'currentMasterVersion'),
    initial_node_count: orNone(number(data, 'initialNodeCount')),
  };
}

function reach(data: Data): Told {
  const hiddenNodes =
    flag(data, 'networkConfig.defaultEnablePrivateNodes') ??
    flag(data, 'privateClusterConfig.enablePrivateNodes');
  const open = flag(data, `${ENDPOINTS}.enablePublicEndpoint`);
  return {
    private_cluster_config: [
      {
        enable_private_nodes: hiddenNodes,
        enable_private_endpoint:
          given(open, (yes) => !yes) ?? flag(data, 'privateClusterConfig.enablePrivateEndpoint'),
      },
    ],
    control_plane_endpoints_config: [
      { ip_endpoints_config: [{ enabled: flag(data, `${ENDPOINTS}.enabled`) }] },
    ],
    master_authorized_networks_config: authorized(
      object(data, `${ENDPOINTS}.authorizedNetworksConfig`) ??
        object(data, 'masterAuthorizedNetworksConfig'),
    ),
  };
}

/** The block means something only while it is switched on. */
function authorized(networks: Data | undefined): Told[string] {
  if (flag(networks, 'enabled') !== true) return null;
  return [
    {
      cidr_blocks: each(networks, 'cidrBlocks', (network) => ({
        cidr_block: text(network, 'cidrBlock'),
      })),
    },
  ];
}

/** A cluster outside every release channel answers without one, where Terraform has to write `UNSPECIFIED`. */
function operations(data: Data): Told {
  return {
    release_channel: [{ channel: text(data, 'releaseChannel.channel') ?? 'UNSPECIFIED' }],
    logging_service: orNone(text(data, 'loggingService')),
    logging_config: components(data, 'loggingConfig'),
    monitoring_service: orNone(text(data, 'monitoringService')),
    monitoring_config: components(data, 'monitoringConfig'),
  };
}

/** Where nothing is collected the list is empty, and so left out. */
function components(data: Data, path: string): Told[string] {
  return one(object(data, `${path}.componentConfig`), (config) => ({
    enable_components: list(config, 'enableComponents') ?? [],
  }));
}

/** Terraform lists the zones of the nodes without the one that the cluster itself lives in. */
function places(data: Data, item: LiveItem): Told {
  const location = text(data, 'location') ?? text(item, 'location');
  return {
    // Whether a place holds several zones cannot be told without it.
    location,
    node_locations: (texts(data, 'locations') ?? []).filter((zone) => zone !== location),
  };
}

/** The certificate stands there when it was issued. */
function credentials(data: Data): Told {
  const issued =
    flag(data, 'masterAuth.clientCertificateConfig.issueClientCertificate') ??
    text(data, 'masterAuth.clientCertificate') !== undefined;
  return {
    username: orNone(text(data, 'masterAuth.username')),
    client_certificate_config: [{ issue_client_certificate: issued }],
  };
}

function nodePool(data: Data, item: LiveItem): Told {
  return {
    location: text(item, 'location'),
    node_config: one(object(data, 'config'), (config) => ({
      machine_type: text(config, 'machineType'),
      preemptible: flag(config, 'preemptible'),
      spot: flag(config, 'spot'),
      disk_size_gb: number(config, 'diskSizeGb'),
      boot_disk_kms_key: orNone(text(config, 'bootDiskKmsKey')),
      guest_accelerator: accelerators(config, 'accelerators'),
    })),
    management: [{ auto_upgrade: flag(data, 'management.autoUpgrade') ?? false }],
    network_config: [{ enable_private_nodes: flag(data, 'networkConfig.enablePrivateNodes') }],
    autoscaling: autoscaling(data),
    initial_node_count: orNone(number(data, 'initialNodeCount')),
    node_count: null,
    node_locations: orNone(texts(data, 'locations')),
    version: text(data, 'version'),
  };
}

function autoscaling(data: Data): Told[string] {
  if (flag(data, 'autoscaling.enabled') !== true) return null;
  return [
    {
      total_max_node_count: number(data, 'autoscaling.totalMaxNodeCount'),
      max_node_count: number(data, 'autoscaling.maxNodeCount'),
    },
  ];
}

function repository(data: Data): Told {
  return {
    kms_key_name: orNone(text(data, 'kmsKeyName')),
    format: text(data, 'format'),
    vulnerability_scanning_config: [
      { enablement_config: text(data, 'vulnerabilityScanningConfig.enablementConfig') },
    ],
    docker_config: [{ immutable_tags: flag(data, 'dockerConfig.immutableTags') }],
    cleanup_policies: Object.keys(object(data, 'cleanupPolicies') ?? {}).map((id) => ({ id })),
    cleanup_policy_dry_run: flag(data, 'cleanupPolicyDryRun') ?? false,
  };
}

export const CONTAINERS: readonly Restatement[] = [
  asset({
    type: 'container.googleapis.com/Cluster',
    as: 'google_container_cluster',
    attributes: cluster,
    sensitive: ['data.masterAuth'],
  }),
  asset({
    type: 'container.googleapis.com/NodePool',
    as: 'google_container_node_pool',
    attributes: nodePool,
  }),
  asset({
    type: 'artifactregistry.googleapis.com/Repository',
    as: 'google_artifact_registry_repository',
    named: false,
    attributes: repository,
  }),
];
