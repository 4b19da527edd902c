import type { Facts } from '../facts.ts';
import type { Kind, TagPlace } from '../kind.ts';
import { authored, companion, hasBlock, names, orNames, says } from '../terraform.ts';
import { allOf, anyOf, holds, map, not, oneOf, orElse, someOf } from '../values.ts';
import type { Truth } from '../values.ts';
import type { Read, View } from '../view.ts';

interface Entry {
  readonly kind: string;
  readonly title: string;
  readonly types: readonly string[];
  /** Left out: the `tags` map that every top-level resource of Azure Resource Manager has. */
  readonly tags?: TagPlace;
  readonly facts: (view: View) => Facts;
}

/** Child resources (a subnet, a rule, an assignment) have no tags of their own in Azure Resource Manager. */
export const UNTAGGED: TagPlace = { shape: 'none' };

/**
 * A kind of Azure, in the words of the azurerm provider. Facts are read from what was written: what only the provider
 * will fill in takes the default that the provider documents.
 */
export function azureKind({
  kind,
  title,
  types,
  tags = { shape: 'map', path: 'tags' },
  facts,
}: Entry): Kind {
  const shape = {
    types,
    tags,
    facts: (view: View): Facts => orRegion(facts(authored(view)), view),
  };
  return { kind, title, shapes: { terraform: shape } };
}

/** What the kind says, and where it is. Azure takes "West Europe" and "westeurope" for the same place; answers with the latter. */
function orRegion(facts: Facts, view: View): Facts {
  if (Object.hasOwn(facts, 'region')) return facts;
  const location = orElse(view.string('location'), view.resource.scope['region']);
  // Set, not spread: a copy of all facts costs as much as reading some of them.
  if (location !== undefined)
    facts.region = map(location, (name) => name.toLowerCase().replaceAll(' ', ''));
  return facts;
}

/** Identity of the platform: a system-assigned or user-assigned managed identity. */
export function identity(view: View): Facts {
  return { managed_identity: hasBlock(view, 'identity') };
}

/**
 * Reachable from the internet: the switch is on, and the network rules, if there are any, do not refuse by default.
 *
 * @param enabled `public_network_access_enabled`; every azurerm page that has it says "Defaults to `true`".
 * @param defaultAction of the network rules, Allow or Deny.
 */
export function reachable(enabled: Read<boolean>, defaultAction?: Read<string>): Truth {
  return allOf(orElse(enabled, true), not(says(defaultAction, 'Deny')));
}

/** Machines of the N series carry accelerators (learn.microsoft.com, "GPU accelerated virtual machine sizes"). */
export function accelerated(size: Read<string>): Read<boolean> {
  return map(size, (name) => /^(?:standard_)?n[a-z]*\d/i.test(name));
}

/** More than one zone is written. */
export function inSeveralZones(view: View, path = 'zones'): Truth {
  return holds(view.list(path), (zones) => zones.length > 1);
}

/** Logs are on when a diagnostic setting sends any category of logs somewhere; metrics alone are not logs. */
export function diagnostics(view: View): Facts {
  return { logging: diagnosed(view) };
}

export function diagnosed(view: View): Truth {
  return companion(view, ['azurerm_monitor_diagnostic_setting'], 'target_resource_id', sendsLogs);
}

/** `enabled_log` since azurerm 3.39; before, `log` blocks with a switch that is on by default. */
export function sendsLogs(setting: View): Truth {
  return anyOf(
    hasBlock(setting, 'enabled_log'),
    someOf(setting.list('log'), (log) => orElse(log.boolean('enabled'), true)),
  );
}

/**
 * A management lock on the resource itself. A lock on its group or subscription protects it too, but lies outside of
 * what the resource says; protection that nobody can see is not taken for granted.
 */
export function locked(view: View): Truth {
  return companion(view, ['azurerm_management_lock'], 'scope', (lock) =>
    oneOf(lock.string('lock_level'), ['CanNotDelete', 'ReadOnly']),
  );
}

const KEYS = [
  'azurerm_key_vault_key',
  'azurerm_key_vault_managed_hardware_security_module_key',
  'azurerm_disk_encryption_set',
];

/** True when one of the attributes names a key, or a set of disks that has one, of the customer's own. */
export function ownKey(view: View, ...paths: readonly string[]): Truth {
  return anyOf(...paths.map((path) => orNames(names(view, path), view, rootOf(path), KEYS)));
}

function rootOf(path: string): string {
  return /^[^.[]+/.exec(path)?.[0] ?? path;
}

/** An address of the internet is attached by one of the entries of a block. */
export function attachesAddress(view: View, block: string): Truth {
  const said = someOf(view.list(block), (one) =>
    names(one, 'public_ip_address_id', 'public_ip_prefix_id'),
  );
  return orNames(said, view, block, ['azurerm_public_ip', 'azurerm_public_ip_prefix']);
}

/** Data lives in it. Azure Storage, SQL, disks and the like are encrypted at rest always; only the key is a choice. */
export function store(view: View): Facts {
  return { stateful: true, encrypted_at_rest: true, deletion_protected: locked(view) };
}
