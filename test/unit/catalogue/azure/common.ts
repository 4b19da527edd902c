import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { ALWAYS, YET, beside, block, flag, nest } from '../claims.ts';
import type { Claim, Claims } from '../claims.ts';

/** Data lives in it, encrypted always, and a management lock keeps it from being deleted. */
export function stored(type: string): Claims {
  return {
    stateful: ALWAYS,
    encrypted_at_rest: ALWAYS,
    deletion_protected: locked(type),
  };
}

export function locked(type: string): Claim[] {
  return beside(
    'azurerm_management_lock',
    'scope',
    type,
    { lock_level: 'ReadOnly' },
    { lock_level: 'None' },
  );
}

export function diagnosed(type: string): Claims {
  return {
    logging: [
      ...beside(
        'azurerm_monitor_diagnostic_setting',
        'target_resource_id',
        type,
        { enabled_log: [{ category: 'audit' }] },
        { metric: [{ category: 'AllMetrics' }] },
      ),
    ],
  };
}

export const IDENTIFIED: Claims = {
  managed_identity: block('identity', [{ type: 'SystemAssigned' }]),
};

/** Reachable unless the switch is off, or network rules refuse by default. */
export function reachable(path = 'public_network_access_enabled', defaultAction?: string): Claims {
  const refusal: Claim[] =
    defaultAction === undefined
      ? []
      : [
          [false, nest(defaultAction, 'Deny')],
          [true, nest(defaultAction, 'Allow')],
          [UNKNOWN, nest(defaultAction, YET)],
          [false, { [path]: false, ...nest(defaultAction, YET) }],
        ];
  return { public: [...flag(path, true), ...refusal] };
}

export function tls(path: string, byDefault: string, oldest: string): Claim[] {
  return [[byDefault], ['1.0', nest(path, oldest)], [UNKNOWN, nest(path, YET)]];
}

export const KEY_ID = '/subscriptions/s/keys/k';
