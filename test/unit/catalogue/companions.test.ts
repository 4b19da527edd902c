import { describe, expect, it } from 'vitest';

import { indexDocument } from '../../../src/catalogue/document.ts';
import type { RawResource } from '../../../src/sources/source.ts';
import { raw } from '../../builders.ts';

describe('companions', () => {
  const bucket = (name: string): RawResource =>
    raw('aws_s3_bucket', { bucket: name }, { address: `aws_s3_bucket.${name}` });
  const acl = (
    attributes: Record<string, unknown>,
    details: Parameters<typeof raw>[2] = {},
  ): RawResource => raw('aws_s3_bucket_acl', attributes, details);
  const find = (subject: RawResource, ...others: RawResource[]): [number, boolean] => {
    const { views, certain } = indexDocument([subject, ...others])
      .view(subject)
      .companions(['aws_s3_bucket_acl'], 'bucket', ['id', 'bucket']);
    return [views.length, certain];
  };

  it.each<[string, RawResource[], [number, boolean]]>([
    [
      'by an exact reference',
      [acl({}, { unknown: ['bucket'], refers: { bucket: 'aws_s3_bucket.a' } })],
      [1, true],
    ],
    [
      'not by a reference to another',
      [acl({}, { unknown: ['bucket'], refers: { bucket: 'aws_s3_bucket.b' } })],
      [0, true],
    ],
    ['by its literal name', [acl({ bucket: 'a' })], [1, true]],
    ['not by another name', [acl({ bucket: 'b' })], [0, true]],
    [
      'perhaps, by a reference that is one of several',
      [acl({}, { unknown: ['bucket'], mayRefer: { bucket: ['aws_s3_bucket.a'] } })],
      [0, false],
    ],
    [
      'not, by one of several others',
      [acl({}, { unknown: ['bucket'], mayRefer: { bucket: ['aws_s3_bucket.b'] } })],
      [0, true],
    ],
    ['perhaps, when nothing is known of the link', [acl({}, { unknown: ['bucket'] })], [0, false]],
    [
      'perhaps, when the reference leads nowhere',
      [acl({}, { unknown: ['bucket'], mayRefer: { bucket: [] } })],
      [0, false],
    ],
    [
      'certainly, by a vague reference whose value is known',
      [acl({ bucket: 'a' }, { mayRefer: { bucket: ['aws_s3_bucket.b'] } })],
      [1, true],
    ],
    [
      'no longer, when it is about to be deleted',
      [acl({ bucket: 'a' }, { action: 'delete' })],
      [0, true],
    ],
    [
      'once, by reference and by name',
      [acl({ bucket: 'a' }, { refers: { bucket: 'aws_s3_bucket.a' } })],
      [1, true],
    ],
  ])('are found %s', (_, others, expected) => {
    expect(find(bucket('a'), bucket('b'), ...others)).toEqual(expected);
  });

  it('can be followed the other way', () => {
    const key = raw('aws_kms_key', {}, { computed: ['arn'] });
    const targets = (
      details: Parameters<typeof raw>[2],
      attributes: Record<string, unknown> = {},
    ): [number, boolean] => {
      const subject = raw('aws_sqs_queue', attributes, details);
      const found = indexDocument([subject, key])
        .view(subject)
        .targets('kms_key_id', ['aws_kms_key']);
      return [found.views.length, found.certain];
    };
    expect(
      targets({ unknown: ['kms_key_id'], refers: { kms_key_id: 'aws_kms_key.this' } }),
    ).toEqual([1, true]);
    expect(targets({ unknown: ['kms_key_id'] })).toEqual([0, false]);
    expect(targets({}, { kms_key_id: 'alias/elsewhere' })).toEqual([0, false]);
    expect(targets({})).toEqual([0, true]);
  });
});
