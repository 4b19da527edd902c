import { pathOf } from '../names.ts';
import { computeOperation } from './operations.ts';
import type { LabelService } from './service.ts';

type Scope = Parameters<typeof computeOperation>[0];

/**
 * Compute Engine: `setLabels` replaces the whole set and takes the fingerprint of the set it replaces.
 *
 * @param collection as IAM spells it: `instances`.
 */
function compute(type: string, collection: string, scope: Scope): LabelService {
  return {
    type: `compute.googleapis.com/${type}`,
    host: 'compute.googleapis.com',
    path: (name) => {
      const rest = pathOf(name, 'compute.googleapis.com');
      return rest === undefined ? undefined : `/compute/v1/${rest}`;
    },
    labels: ['labels'],
    version: ['labelFingerprint'],
    update: (path, { all, version }) => ({
      method: 'POST',
      path: `${path}/setLabels`,
      body: { labels: all, labelFingerprint: version },
    }),
    operation: computeOperation(scope),
    permissions: {
      read: `compute.${collection}.get`,
      write: `compute.${collection}.setLabels`,
    },
  };
}

export const COMPUTE: readonly LabelService[] = [
  compute('Instance', 'instances', 'zoneOperations'),
  compute('Disk', 'disks', 'zoneOperations'),
  compute('RegionDisk', 'disks', 'regionOperations'),
  compute('Image', 'images', 'globalOperations'),
  compute('Snapshot', 'snapshots', 'globalOperations'),
  compute('Address', 'addresses', 'regionOperations'),
  compute('GlobalAddress', 'globalAddresses', 'globalOperations'),
  compute('ForwardingRule', 'forwardingRules', 'regionOperations'),
  compute('GlobalForwardingRule', 'globalForwardingRules', 'globalOperations'),
  compute('VpnGateway', 'vpnGateways', 'regionOperations'),
  compute('TargetVpnGateway', 'targetVpnGateways', 'regionOperations'),
  compute('VpnTunnel', 'vpnTunnels', 'regionOperations'),
  compute('ExternalVpnGateway', 'externalVpnGateways', 'globalOperations'),
  compute('SecurityPolicy', 'securityPolicies', 'globalOperations'),
  compute('InterconnectAttachment', 'interconnectAttachments', 'regionOperations'),
];
