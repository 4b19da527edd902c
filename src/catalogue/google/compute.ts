import { secretInScripts } from '../environment.ts';
import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { companion, hasBlock } from '../terraform.ts';
import { anyOf, orElse, someOf } from '../values.ts';
import type { View } from '../view.ts';
import {
  UNLABELLED,
  accelerated,
  attached,
  encrypted,
  googleKind,
  guarded,
  ownKey,
  ownKeyIn,
  spot,
} from './service.ts';

/** What a machine and a template for machines share; both default to no deletion protection and no address. */
function machine(view: View): Facts {
  const size = view.string('machine_type');
  return {
    encrypted_at_rest: true,
    public_ip: someOf(view.list('network_interface'), (one) =>
      anyOf(hasBlock(one, 'access_config'), hasBlock(one, 'ipv6_access_config')),
    ),
    managed_identity: hasBlock(view, 'service_account'),
    secret_in_user_data: secretInScripts(
      view.string('metadata_startup_script'),
      ...SCRIPTS.map((name) => view.string(`metadata.${name}`)),
    ),
    spot: spot(view, 'scheduling[0]'),
    size,
    gpu: accelerated(size, attached(view, 'guest_accelerator')),
  };
}

/** Metadata that a machine runs or reads when it starts. */
const SCRIPTS = ['startup-script', 'windows-startup-script-ps1', 'user-data'];

function instance(view: View): Facts {
  return {
    ...machine(view),
    customer_key: anyOf(
      ownKey(view, 'boot_disk[0].kms_key_self_link', 'boot_disk[0].disk_encryption_key_raw'),
      ownKeyIn(view, 'attached_disk', 'kms_key_self_link'),
    ),
    deletion_protected: guarded(view, false),
    disk_gb: view.number('boot_disk[0].initialize_params[0].size'),
  };
}

function template(view: View): Facts {
  return {
    ...machine(view),
    customer_key: ownKeyIn(view, 'disk', 'disk_encryption_key[0].kms_key_self_link'),
    disk_gb: view.number('disk[0].disk_size_gb'),
  };
}

/** A disk is backed up when a snapshot schedule is attached to it. */
function disk(view: View): Facts {
  const regional = view.resource.type === 'google_compute_region_disk';
  return {
    ...encrypted(
      view,
      'disk_encryption_key[0].kms_key_self_link',
      'disk_encryption_key[0].raw_key',
    ),
    stateful: true,
    backup: companion(
      view,
      [
        'google_compute_disk_resource_policy_attachment',
        'google_compute_region_disk_resource_policy_attachment',
      ],
      'disk',
    ),
    multi_zone: regional,
    disk_gb: view.number('size'),
    size: orElse(view.string('type'), 'pd-standard'),
  };
}

export const COMPUTE: readonly Kind[] = [
  googleKind({
    kind: 'gcp.compute.instance',
    title: 'Compute Engine instance',
    types: ['google_compute_instance', 'google_compute_instance_from_template'],
    facts: instance,
  }),
  googleKind({
    kind: 'gcp.compute.instance_template',
    title: 'Compute Engine instance template',
    types: ['google_compute_instance_template', 'google_compute_region_instance_template'],
    facts: template,
  }),
  googleKind({
    kind: 'gcp.compute.instance_group',
    title: 'Compute Engine managed instance group',
    types: [
      'google_compute_instance_group_manager',
      'google_compute_region_instance_group_manager',
    ],
    tags: UNLABELLED,
    facts: (view) => ({
      instance_count: view.number('target_size'),
      multi_zone: view.resource.type === 'google_compute_region_instance_group_manager',
    }),
  }),
  googleKind({
    kind: 'gcp.compute.disk',
    title: 'Persistent disk',
    types: ['google_compute_disk', 'google_compute_region_disk'],
    facts: disk,
  }),
  googleKind({
    kind: 'gcp.compute.snapshot',
    title: 'Snapshot or image of a disk',
    types: ['google_compute_snapshot', 'google_compute_image'],
    facts: (view) => ({
      ...encrypted(
        view,
        'snapshot_encryption_key[0].kms_key_self_link',
        'image_encryption_key[0].kms_key_self_link',
      ),
      stateful: true,
    }),
  }),
];
