import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { newToken } from '../../../src/config/token.ts';
import { authenticator, requireRole } from '../../../src/http/auth.ts';

const made = newToken('ci', 'gate');
const authenticate = authenticator({ tokens: [made.entry], anonymousAdmission: false });

describe('a bearer token', () => {
  it('is known by its hash, which is all that is kept', () => {
    expect(authenticate({ authorization: `Bearer ${made.token}` })).toEqual({
      name: 'ci',
      role: 'gate',
    });
    expect(made.entry.sha256).toBe(createHash('sha256').update(made.token).digest('hex'));
    expect(JSON.stringify(made.entry)).not.toContain(made.token);
  });

  it('is never guessed, and a wrong one never breaks the comparison', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const authorization of [text, `Bearer ${text}`]) {
          expect(() => authenticate({ authorization })).toThrow(
            expect.objectContaining({ code: 'UNAUTHENTICATED' }),
          );
        }
      }),
    );
  });
});

it.each([
  ['gate', 'gate', true],
  ['gate', 'read', false],
  ['read', 'gate', false],
  ['read', 'read', true],
  ['admin', 'gate', true],
  ['admin', 'read', true],
  ['gate', 'admin', false],
] as const)('a token of role %s on a door of role %s: %s', (role, door, allowed) => {
  const attempt = () => requireRole({ name: 'x', role }, door);
  if (allowed) expect(attempt).not.toThrow();
  else expect(attempt).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
});
