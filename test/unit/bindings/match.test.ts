import { describe, expect, it } from 'vitest';

import { matches, whyNot } from '../../../src/bindings/match.ts';
import type { Selector } from '../../../src/bindings/rule.ts';
import type { Resource } from '../../../src/model/resource.ts';
import { policy, resource, rule } from '../../rules.ts';

describe('which rule looks at which resource', () => {
  it.each<[string, Selector, Partial<Resource>, boolean]>([
    ['no selector: every one', {}, {}, true],
    ['a kind', { kinds: ['aws.s3.*'] }, {}, true],
    ['another kind', { kinds: ['aws.rds.*'] }, {}, false],
    ['one glob of several', { kinds: ['aws.rds.*', '*.bucket'] }, {}, true],
    ['every field must hold', { kinds: ['aws.s3.*'], providers: ['azure'] }, {}, false],
    [
      'an address with brackets and quotes',
      { addresses: ['module.a["x.y"].*'] },
      { address: 'module.a["x.y"].aws_s3_bucket.b[0]' },
      true,
    ],
    ['an account', { accounts: ['1234*'] }, { scope: { account: '123456789012' } }, true],
    [
      'a project is an account of its cloud',
      { accounts: ['shop-*'] },
      { scope: { project: 'shop-prod' } },
      true,
    ],
    ['an account that is not known: it might be this one', { accounts: ['1234*'] }, {}, true],
    ['a tag', { tags: { env: ['prod*'] } }, { tags: { env: 'production' } }, true],
    ['a tag of another value', { tags: { env: ['prod*'] } }, { tags: { env: 'dev' } }, false],
    ['a tag that is not there', { tags: { env: ['*'] } }, {}, false],
    [
      'a tag that is not known: it might be this one',
      { tags: { env: ['prod'] } },
      { unknown: ['tags'] },
      true,
    ],
  ])('match %s', (_, match, given, expected) => {
    expect(matches(rule({ match }), resource(given))).toBe(expected);
  });

  it.each<[string, Selector, Partial<Resource>, boolean]>([
    ['takes out what it names', { addresses: ['aws_s3_bucket.*'] }, {}, false],
    ['leaves the rest', { addresses: ['other.*'] }, {}, true],
    [
      'does not take out by a tag that is not known',
      { tags: { exempt: ['*'] } },
      { unknown: ['tags.exempt'] },
      true,
    ],
    ['does not take out by an account that is not known', { accounts: ['*'] }, {}, true],
  ])('exclude %s', (_, exclude, given, expected) => {
    expect(matches(rule({ exclude }), resource(given))).toBe(expected);
  });

  it('leaves deletions to the policies that judge deletions', () => {
    const deletion = resource({ action: 'delete' });
    expect(matches(rule(), deletion)).toBe(false);
    expect(matches(rule({ policy: policy({ actions: ['delete'] }) }), deletion)).toBe(true);
  });

  it.each<[Parameters<typeof rule>[0], Partial<Resource>, string]>([
    [{ policy: policy({ kinds: ['gcp.*'] }) }, {}, 'PC-TAG-001 judges gcp.*'],
    [{}, { action: 'read' }, 'PC-TAG-001 judges create, update, replace, none, present, not read'],
    [
      { match: { regions: ['eu-*'] } },
      { scope: { region: 'us-east-1' } },
      'its match asks for other regions',
    ],
    [{ exclude: { kinds: ['*'] } }, {}, 'the rule excludes it'],
  ])('says why not', (given, about, reason) => {
    expect(whyNot(rule(given), resource(about))).toBe(reason);
  });
});
