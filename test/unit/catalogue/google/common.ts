import type { RawResource } from '../../../../src/sources/source.ts';
import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { ALWAYS, YET, flag, nest, planned } from '../claims.ts';
import type { Claim, Claims } from '../claims.ts';

export const KEY = 'projects/p/locations/l/keyRings/r/cryptoKeys/k';

/** A key that is written, none, one that the same plan makes, and one that nobody can tell. */
export function keyed(path: string): Claim[] {
  const attribute = path.slice(0, path.search(/[.[]|$/));
  return [
    [false],
    [true, nest(path, KEY)],
    [
      true,
      nest(path, YET),
      [planned('google_kms_crypto_key', {})],
      { refers: { [attribute]: 'google_kms_crypto_key.this' } },
    ],
    [UNKNOWN, nest(path, YET)],
  ];
}

/** Encrypted always; the key is a choice. */
export function encrypted(path: string): Claims {
  return { encrypted_at_rest: ALWAYS, customer_key: keyed(path) };
}

/** Protected by the provider's own switch, or by a deletion policy. */
export function guarded(byDefault: boolean): Claims {
  return {
    deletion_protected: [
      ...flag('deletion_protection', byDefault),
      [true, { deletion_protection: false, deletion_policy: 'PREVENT' }],
    ],
  };
}

/** Open to everybody by a role granted on it, in each way that Terraform has for it. */
export function granted(type: string, attribute: string, prefix = type): Claim[] {
  const refers = { [attribute]: `${type}.this` };
  const member = (attributes: Record<string, unknown>): RawResource[] => [
    planned(`${prefix}_iam_member`, attributes, { refers }),
  ];
  const policy = (policy_data: unknown): RawResource[] => [
    planned(`${prefix}_iam_policy`, { policy_data }, { refers }),
  ];
  const everybody = { role: 'roles/viewer', members: ['allUsers'] };
  return [
    [false],
    [true, {}, member({ member: 'allUsers' })],
    [true, {}, member({ member: 'allAuthenticatedUsers' })],
    [false, {}, member({ member: 'user:ada@example.com' })],
    [false, {}, member({ member: 'allUsers', condition: [{ expression: 'false' }] })],
    [UNKNOWN, {}, member({ member: YET })],
    [UNKNOWN, {}, [planned(`${prefix}_iam_member`, { member: 'allUsers', [attribute]: YET })]],
    [
      true,
      {},
      [
        planned(
          `${prefix}_iam_binding`,
          { members: ['user:ada@example.com', 'allUsers'] },
          { refers },
        ),
      ],
    ],
    [true, {}, policy(JSON.stringify({ bindings: [everybody] }))],
    [false, {}, policy(JSON.stringify({ bindings: [{ ...everybody, condition: {} }] }))],
    [false, {}, policy('{}')],
    [UNKNOWN, {}, policy('not JSON')],
    [UNKNOWN, {}, policy(YET)],
  ];
}
