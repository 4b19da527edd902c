import { UNKNOWN } from '../facts.ts';
import type { Facts } from '../facts.ts';
import { scriptHoldsSecret } from '../secrets.ts';
import { anyOf, equals, everyOf, holds, orElse } from '../values.ts';
import type { Truth } from '../values.ts';
import type { Read, View } from '../view.ts';
import { companion, flag } from './service.ts';

/**
 * Tokens are demanded, or the service is off. Page aws_instance: without `http_tokens` the image and the account
 * decide, and of old that was optional; protection nobody wrote is not taken for granted.
 */
export function metadataV2(view: View): Truth {
  return anyOf(
    equals(view.string('metadata_options[0].http_tokens'), 'required'),
    equals(view.string('metadata_options[0].http_endpoint'), 'disabled'),
  );
}

/**
 * A script still to come may hold anything. So may one of which the plan shows the SHA-1 alone, as the provider stores
 * `user_data` before version 6.
 */
export function secretInUserData(view: View): Truth {
  return anyOf(
    holds(view.string('user_data'), (script) =>
      /^[0-9a-f]{40}$/.test(script) ? UNKNOWN : scriptHoldsSecret(script),
    ),
    holds(view.string('user_data_base64'), scriptHoldsSecret),
  );
}

/**
 * Every disk asks for encryption. Without a word the account's setting decides; the document shows it only where it
 * manages that setting too.
 */
export function encryptedDisks(
  view: View,
  disks: Read<readonly View[]>,
  path = 'encrypted',
): Truth {
  return anyOf(
    everyOf(disks, (disk) => flag(disk, path, false)),
    encryptedByAccount(view),
  );
}

/** `aws_ebs_encryption_by_default` speaks for the account and region; it names no resource, so it is asked for by type. */
export function encryptedByAccount(view: View): Truth {
  const settings = view.ofType(['aws_ebs_encryption_by_default']);
  return anyOf(...settings.map((one) => flag(one.written, 'enabled', true)));
}

/** A public address: asked for, or given by the subnet where this is not said. */
export function publicAddress(view: View, path: string, subnet: string): Truth {
  const asked = view.boolean(path);
  if (asked !== undefined) return asked;
  const { views } = view.targets(subnet, ['aws_subnet', 'aws_default_subnet']);
  const [only, ...others] = views;
  if (only === undefined || others.length > 0) return UNKNOWN;
  const isDefault = only.resource.type === 'aws_default_subnet';
  return flag(only.written, 'map_public_ip_on_launch', isDefault);
}

/** The root disk and those beside it. */
export function blockDevices(view: View): Read<readonly View[]> {
  const root = view.list('root_block_device');
  const others = view.list('ebs_block_device');
  if (root === UNKNOWN || others === UNKNOWN) return UNKNOWN;
  return [...(root ?? []), ...(others ?? [])];
}

/** A machine without a written disk has one all the same, made from the image, as the image is. */
export function diskFacts(view: View): Facts {
  const disks = blockDevices(view);
  const written = disks === UNKNOWN || disks === undefined || disks.length > 0;
  return {
    encrypted_at_rest: written ? encryptedDisks(view, disks) : encryptedByAccount(view),
    disk_gb: view.number('root_block_device[0].volume_size'),
  };
}

/** Elastic addresses that are tied to this machine. */
export function elasticAddress(view: View): Truth {
  return companion(view, ['aws_eip'], 'instance');
}

export function spotMarket(view: View): Truth {
  return equals(orElse(view.string('instance_market_options[0].market_type'), 'on-demand'), 'spot');
}
