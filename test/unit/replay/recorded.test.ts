import { describe, expect, it } from 'vitest';

import { canonicalJson } from '../../../src/kit/canonical-json.ts';
import type { Resource } from '../../../src/model/resource.ts';
import { redactedInput } from '../../../src/redact/resource.ts';
import { readInput } from '../../../src/replay/recorded.ts';
import { resource } from '../../rules.ts';

function kept(...resources: Resource[]) {
  const input = readInput(redactedInput(resources));
  if (input === undefined) throw new Error('it is an input');
  return input;
}

describe('what was kept of a decision', () => {
  it('is the normal form as it was, where there was nothing to take out', () => {
    const given = resource({
      config: { acl: 'private', rules: [{ port: 22 }] },
      before: { acl: 'public-read' },
      tags: { owner: 'ada' },
      unknown: ['config.arn'],
      location: { file: 'main.tf', line: 3 },
    });
    expect(kept(given)).toEqual({ resources: [given], redacted: new Map() });
  });

  it('has what was taken out among its unknown paths, wherever it stood', () => {
    const { resources, redacted } = kept(
      resource({
        config: { password: 'correct horse', users: [{ secret_key: 'correct horse' }] },
        tags: { note: 'correct horse', owner: 'ada' },
        scope: { account: '1234' },
        sensitive: ['config.password'],
        unknown: ['config.arn'],
      }),
    );
    expect(resources[0]?.unknown).toEqual([
      'config.arn',
      'tags.note',
      'config.password',
      'config.users[0].secret_key',
    ]);
    expect([...(redacted.get('aws_s3_bucket.data') ?? [])]).toEqual([
      'tags.note',
      'config.password',
      'config.users[0].secret_key',
    ]);
  });

  it('leaves no mark where rules select by: an unknown tag is matched, a wrong one is not', () => {
    const [found] = kept(
      resource({
        config: { password: 'correct horse' },
        tags: { note: 'correct horse', owner: 'ada' },
        sensitive: ['config.password'],
      }),
    ).resources;
    expect(found?.tags).toEqual({ owner: 'ada' });
  });

  it('knows nothing of an object whose member’s name was taken out', () => {
    const { resources } = kept(
      resource({
        config: { password: 'correct horse', map: { 'correct horse': 1 } },
        sensitive: ['config.password'],
      }),
    );
    expect(resources[0]?.unknown).toContain('config.map');
  });

  it.each([
    ['no JSON', '{'],
    ['no list', '{}'],
    ['something else', canonicalJson([{ address: 'a' }])],
  ])('is refused when it is %s', (_, text) => {
    expect(readInput(text)).toBeUndefined();
  });
});
