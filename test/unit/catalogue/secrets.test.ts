import { describe, expect, it } from 'vitest';

import {
  holdsSecret,
  isSecretVariable,
  scriptHoldsSecret,
} from '../../../src/catalogue/secrets.ts';

// Put together at run time, so that no scanner takes this file for a leak.
const ACCESS_KEY = `AKIA${'Q'.repeat(16)}`;
const GITHUB = `ghp_${'a1'.repeat(18)}`;

describe('secrets by their form', () => {
  it.each([
    ['an access key', `key ${ACCESS_KEY}`],
    ['a secret access key', `aws_secret_access_key = ${'aB3/'.repeat(10)}`],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE'],
    ['a GitHub token', GITHUB],
    ['a password in a connection string', 'postgres://app:hunter22@db.internal/orders'],
    ['a signed token', `eyJ${'a'.repeat(12)}.eyJ${'b'.repeat(12)}.${'c'.repeat(12)}`],
  ])('are found: %s', (_, text) => {
    expect(holdsSecret(text)).toBe(true);
  });

  it.each([
    ['a public key', '-----BEGIN PUBLIC KEY-----'],
    ['a connection string that expands a variable', 'postgres://app:${PASSWORD}@db/orders'],
    ['an address without a password', 'https://user@example.com/path'],
    ['an address with a port', 'http://proxy.internal:8080/a@b'],
    ['a digest', 'sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
  ])('are not seen in %s', (_, text) => {
    expect(holdsSecret(text)).toBe(false);
  });
});

describe('secrets by the name of a variable', () => {
  it.each([
    ['DB_PASSWORD', 'hunter22'],
    ['password', 'hunter22'],
    ['API_KEY', 'abcd1234'],
    ['clientSecret', 'abcd1234'],
    ['ANYTHING', GITHUB],
  ])('%s=%s', (name, value) => {
    expect(isSecretVariable(name, value)).toBe(true);
  });

  it.each([
    ['DB_PASSWORD', 'arn:aws:secretsmanager:eu-west-1:1:secret:db'],
    ['DB_PASSWORD', '${password}'],
    ['DB_PASSWORD', ''],
    ['DB_PASSWORD_FILE', '/run/secrets/db'],
    ['DB_PASSWORD', '/run/secrets/db'],
    ['TOKEN_URL', 'abcd1234'],
    ['SECRET_ARN', 'abcd1234'],
    ['MAX_TOKEN', '4096'],
    ['PUBLIC_KEY', 'ssh-ed25519 AAAA'],
    ['USE_TOKEN', 'true'],
    ['MONKEY', 'abcd1234'],
    ['STAGE', 'production'],
  ])('not %s=%s', (name, value) => {
    expect(isSecretVariable(name, value)).toBe(false);
  });
});

describe('secrets in a start-up script', () => {
  it.each([
    ['an assignment', '#!/bin/sh\nexport DB_PASSWORD=hunter22\n'],
    ['a quoted assignment', `docker run -e "DB_PASSWORD=hunter 22" app`],
    ['a key', `aws configure set ${ACCESS_KEY}`],
  ])('are found plain and in Base64: %s', (_, script) => {
    expect(scriptHoldsSecret(script)).toBe(true);
    expect(scriptHoldsSecret(Buffer.from(script).toString('base64'))).toBe(true);
  });

  it.each([
    ['no secret', '#!/bin/sh\napt-get install -y nginx\n'],
    ['a secret fetched at start', 'export DB_PASSWORD=$(aws ssm get-parameter --name db)'],
    ['the digest that old providers store in place of the script', 'a'.repeat(40)],
    [
      'compressed bytes',
      Buffer.from([31, 139, 8, 0, 255, 254, 1, 2, 3, 4, 5, 6]).toString('base64'),
    ],
  ])('are not seen where there is %s', (_, script) => {
    expect(scriptHoldsSecret(script)).toBe(false);
  });
});
