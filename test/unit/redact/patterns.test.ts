import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRedactor, PLAIN } from '../../../src/redact/redactor.ts';

const WORD = 'Zk81vBq7Lm20Xw45Tr93Yp66Hs12Dd77Gg08';

describe('credentials are known by their form', () => {
  it.each([
    ['a module source', `git::https://user:${WORD}@git.example.com/m.git`, WORD],
    ['a URL with an @ in its password', `https://u:p@${WORD}@host/x`, WORD],
    ['a token as a user', `https://${WORD}@host/x`, WORD],
    ['a connection string', `Server=db;User Id=sa;Password=${WORD};`, WORD],
    ['a script', `export DB_PASSWORD='${WORD}'`, WORD],
    ['JSON inside JSON', `{\\"password\\":\\"${WORD}\\"}`, WORD],
    ['an excerpt of JSON', `"clientSecret": "${WORD}"`, WORD],
    ['YAML', `password: ${WORD}`, WORD],
    ['an access key of AWS', 'key AKIAIOSFODNN7ABCDEFG.', 'AKIAIOSFODNN7ABCDEFG'],
    ['a secret key of AWS', `aws_secret_access_key = /${WORD}+ab`, WORD],
    ['a token of GitHub', `ghp_${WORD}`, WORD],
    ['a token of GitLab', `glpat-${WORD}`, WORD],
    ['a token of Slack', `xoxb-123456-${WORD}`, WORD],
    ['a key of Google', `AIza${WORD.slice(0, 35)}`, WORD.slice(0, 35)],
    ['a web token', `eyJhbGciOiJI.eyJzdWIiOiIx.${WORD}`, WORD],
    ['a signature of Azure', `https://a.blob.core.windows.net/c?sv=1&sig=${WORD}%3D`, WORD],
    ['an authorisation', `authorization: Bearer ${WORD}`, WORD],
    [
      'a private key',
      `-----BEGIN RSA PRIVATE KEY-----\n${WORD}\n-----END RSA PRIVATE KEY-----`,
      WORD,
    ],
  ])('in %s', (_, text, secret) => {
    expect(PLAIN.text(text)).toContain('(sensitive)');
    expect(PLAIN.text(text)).not.toContain(secret);
  });

  it.each([
    'module.shop.aws_s3_bucket.logs["eu-west-1"]',
    'arn:aws:iam::123456789012:role/admin',
    'git::ssh://git@github.com/acme/modules.git?ref=v1.2.3',
    'postgres://user:${var.password}@db/x',
    'The password must have at least 14 characters.',
    'set require_password = true',
    'No private key (-----BEGIN PRIVATE KEY-----) may stand in user data.',
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'Basic infrastructure and bearer of responsibilities',
    'password=(sensitive)',
  ])('ordinary text stays: %s', (text) => {
    expect(PLAIN.text(text)).toBe(text);
  });
});

describe('a known value', () => {
  const secret = 'kX93/canary+Qw71&"x';
  const { text } = createRedactor([secret, 'admin', 'true', '1', '5432']);

  it.each([
    ['as it is', secret],
    ['in JSON', JSON.stringify(secret)],
    ['in JSON as Go writes it', JSON.stringify(secret).replace('&', '\\u0026')],
    ['in a URL', encodeURIComponent(secret)],
    ['in Base64', Buffer.from(secret).toString('base64')],
    ['in Base64 for URLs', Buffer.from(secret).toString('base64url')],
    ['inside the Base64 of more', Buffer.from(`ab${secret}cd`).toString('base64')],
  ])('is found %s', (_, spelt) => {
    expect(text(`<${spelt}>`)).toMatch(/^<.{0,4}"?\(sensitive\)"?.{0,6}>$/);
  });

  it('is found inside what a Secret holds in Base64', () => {
    const data = Buffer.from('hunter2-hunter2').toString('base64');
    expect(createRedactor([data]).text('it is hunter2-hunter2!')).toBe('it is (sensitive)!');
  });

  it('is a word when it is short, and nothing when it tells nothing', () => {
    expect(text('the admin is no administrator; true, 1 and 5432 stay')).toBe(
      'the (sensitive) is no administrator; true, 1 and 5432 stay',
    );
  });

  it('goes whole where others begin like it or overlap with it', () => {
    const clean = createRedactor(['abcdefgh', 'abcdefghijkl', 'ijklmnopq']).text;
    expect(clean('xabcdefghijklmnopqx abcdefgh')).toBe('x(sensitive)x (sensitive)');
  });

  it('is nowhere in any text around it, and a clean text stays as it is', () => {
    const value = fc.string({ minLength: 8, maxLength: 40 }).filter((one) => one.trim() === one);
    fc.assert(
      fc.property(value, fc.string(), fc.string(), (one, before, after) => {
        fc.pre(!'(sensitive)'.includes(one) && !/^\d{1,5}$/.test(one));
        fc.pre(!['disabled', 'internal', 'external', 'undefined'].includes(one.toLowerCase()));
        const redactor = createRedactor([one]);
        const clean = redactor.text(before + one + after);
        expect(clean.replaceAll('(sensitive)', '\u0000')).not.toContain(one);
        expect(redactor.text(clean)).toBe(clean);
      }),
    );
  });
});

it('texts of a megabyte that are made to be slow are not', () => {
  const units = [
    'a',
    'https://',
    'x://a:b',
    'password=',
    'eyJaaaaaaaa.',
    'AKIA',
    'secret: ',
    '-----BEGIN PRIVATE KEY-----',
    'Bearer a-',
    '-eyJ',
    "'",
    '%',
    'gh',
    'glpat-',
  ];
  const known = createRedactor(Array.from({ length: 500 }, (_, at) => 'a'.repeat(8 + at)));
  for (const unit of units) {
    const text = unit.repeat(Math.ceil(200_000 / unit.length));
    expect(known.text(text).length).toBeGreaterThan(0);
  }
}, 60_000);
