import { describe, expect, it } from 'vitest';

import { Resource } from '../../../src/model/resource.ts';
import { redactedInput } from '../../../src/redact/resource.ts';
import { z } from 'zod';

const SECRET = 'kX93-canary-Qw71';

function thing(given: Partial<Resource> = {}): Resource {
  return {
    address: 'aws_db_instance.this',
    kind: 'aws.rds.instance',
    type: 'aws_db_instance',
    provider: 'aws',
    action: 'create',
    scope: { account: '123456789012' },
    tags: { owner: 'team-a' },
    facts: { encrypted: true, region: 'eu-west-1' },
    config: { name: 'db', port: 5432 },
    unknown: [],
    sensitive: [],
    ...given,
  };
}

const read = (...resources: Resource[]): Resource[] =>
  z.array(Resource).parse(JSON.parse(redactedInput(resources)));

describe('the normal form that a record keeps', () => {
  it('is the resource as it was, where nothing is sensitive', () => {
    expect(read(thing())).toEqual([thing()]);
  });

  it.each<[string, Partial<Resource>, Partial<Resource>]>([
    [
      'a marked attribute',
      { config: { password: SECRET, port: 1 }, sensitive: ['config.password'] },
      { config: { password: '(sensitive)', port: 1 }, sensitive: ['config.password'] },
    ],
    [
      'a marked block, as a whole',
      { config: { data: { a: SECRET, b: 2 } }, sensitive: ['config.data'] },
      { config: { data: '(sensitive)' } },
    ],
    [
      'all attributes, each by itself',
      { config: { a: SECRET, b: 2, c: null }, sensitive: ['config'] },
      { config: { a: '(sensitive)', b: '(sensitive)', c: null } },
    ],
    [
      'marked tags, whose keys stay',
      { tags: { owner: SECRET }, sensitive: ['tags'] },
      { tags: { owner: '(sensitive)' } },
    ],
    [
      'the value elsewhere, whose path is told',
      {
        config: { password: SECRET, note: [`uses ${SECRET}!`] },
        tags: { note: SECRET },
        sensitive: ['config.password'],
      },
      {
        config: { password: '(sensitive)', note: ['uses (sensitive)!'] },
        tags: { note: '(sensitive)' },
        sensitive: ['config.password', 'tags.note', 'config.note[0]'],
      },
    ],
    [
      'literals under names that say secret, and the same literal elsewhere',
      { config: { env: { DB_PASSWORD: SECRET }, text: SECRET } },
      {
        config: { env: { DB_PASSWORD: '(sensitive)' }, text: '(sensitive)' },
        sensitive: ['config.env.DB_PASSWORD', 'config.text'],
      },
    ],
    [
      'variables of containers',
      { config: { env: [{ name: 'API_TOKEN', value: SECRET }] } },
      {
        config: { env: [{ name: 'API_TOKEN', value: '(sensitive)' }] },
        sensitive: ['config.env[0].value'],
      },
    ],
    [
      'values before the change',
      { before: { password: SECRET }, sensitive: ['config.password', 'before.password'] },
      { before: { password: '(sensitive)' } },
    ],
    [
      'the address',
      { address: `x["${SECRET}"]`, config: { k: SECRET }, sensitive: ['config.k'] },
      { address: 'x["(sensitive)"]' },
    ],
  ])('hides %s', (_, given, expected) => {
    const [shown] = read(thing(given));
    expect(shown).toMatchObject(expected);
    expect(JSON.stringify(shown)).not.toContain(SECRET);
  });

  it('keeps addresses apart that differ in a secret alone', () => {
    const config = { a: `${SECRET}-1`, b: `${SECRET}-2` };
    const one = thing({ address: `x["${SECRET}-1"]`, config, sensitive: ['config'] });
    const two = { ...one, address: `x["${SECRET}-2"]` };
    expect(read(one, two).map(({ address }) => address)).toEqual([
      'x["(sensitive)"]',
      'x["(sensitive)"] (2)',
    ]);
  });

  it('changes nothing when it is made again', () => {
    const once = redactedInput([thing({ config: { password: SECRET, note: SECRET } })]);
    expect(redactedInput(z.array(Resource).parse(JSON.parse(once)))).toBe(once);
  });

  it('knows what the document states outside its resources', () => {
    const told = [thing({ config: { user_data: `echo ${SECRET}` } })];
    expect(redactedInput(told)).toContain(SECRET);
    expect(redactedInput(told, [SECRET])).not.toContain(SECRET);
  });
});
