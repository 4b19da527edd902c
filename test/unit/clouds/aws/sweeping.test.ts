import { afterEach, describe, expect, it } from 'vitest';

import { bucket, HOME, instance, oneRegion, REGION, role } from './estates.ts';
import { closeAll, machines, PART, readPart, scene, signal, thrownBy } from './scenes.ts';

afterEach(closeAll);

describe('a part', () => {
  it('is read from its beginning again when its token grew old', async () => {
    const { inventory, outside } = await scene(oneRegion(...machines(230)));
    const first = await inventory.read(PART, undefined, signal);
    outside.advance(16 * 60_000);
    const again = await inventory.read(PART, first.next, signal);
    expect(again.resources.map(({ resource }) => resource.address)).toEqual(
      first.resources.map(({ resource }) => resource.address),
    );
    expect(again.next).toBeDefined();
  });

  it('is given up when its token is never taken', async () => {
    const { inventory, fake } = await scene(oneRegion(...machines(230)), {}, [
      { kind: 'expired-token' },
    ]);
    expect((await thrownBy(readPart(inventory))).code).toBe('CLOUD_PROTOCOL');
    expect(fake.calls.length).toBeLessThan(20);
  });

  it('is given up at the first token that repeats', async () => {
    const { inventory, fake } = await scene(oneRegion(...machines(230)), {}, [
      { kind: 'repeated-token' },
    ]);
    const error = await thrownBy(readPart(inventory));
    expect(error.code).toBe('CLOUD_PROTOCOL');
    expect(error.message).toContain('circle');
    const asked = fake.calls.filter(({ operation }) => operation === 'SelectResourceConfig');
    expect(asked.length).toBeLessThanOrEqual(3);
  });

  it('is whole although pages are short or empty and batches come in pieces', async () => {
    const { inventory } = await scene(oneRegion(...machines(230)), {}, [
      { kind: 'empty-page', operation: 'SelectResourceConfig', times: 1 },
      { kind: 'short-page' },
    ]);
    const found = (await readPart(inventory)).map(({ resource }) => resource.address);
    expect(new Set(found).size).toBe(230);
  });

  it('leaves out what is deleted, and says how old the rest is', async () => {
    const { inventory } = await scene(
      oneRegion(
        instance(1, { configurationItemStatus: 'ResourceDeleted' }),
        instance(2, { configurationItemCaptureTime: '2026-11-20T00:00:00.000Z' }),
      ),
    );
    expect(await readPart(inventory)).toMatchObject([
      { capturedAt: '2026-11-20T00:00:00.000Z', createdAt: '2026-01-02T03:04:05.000Z' },
    ]);
  });

  it('tells what a resource stands in and who manages it', async () => {
    const related = (resourceType: string, resourceId: string) => ({
      resourceType,
      resourceId,
      relationshipName: `Is contained in ${resourceType}`,
    });
    const { inventory } = await scene(
      oneRegion(
        instance(1, {
          tags: { 'aws:cloudformation:stack-name': 'shop' },
          relationships: [
            related('AWS::EC2::VPC', 'vpc-1'),
            related('AWS::EC2::Subnet', 'subnet-1'),
            {
              resourceType: 'AWS::EC2::SecurityGroup',
              resourceId: 'sg-1',
              relationshipName: 'Is associated with SecurityGroup',
            },
          ],
        }),
        instance(2, { tags: { ManagedBy: 'Terraform', 'tf-workspace': 'prod' } }),
        instance(3, { tags: { team: 'terraform' } }),
      ),
    );
    const [stack, workspace, nobody] = await readPart(inventory);
    expect(stack?.parents).toEqual([
      `arn:aws:ec2:${REGION}:${HOME}:subnet/subnet-1`,
      `arn:aws:ec2:${REGION}:${HOME}:vpc/vpc-1`,
      `aws-account/${HOME}`,
    ]);
    expect(stack?.managedBy).toEqual({ tool: 'cloudformation', name: 'shop' });
    expect(workspace?.managedBy).toEqual({ tool: 'terraform', name: 'prod' });
    expect(nobody?.managedBy).toBeUndefined();
  });

  it('opens the texts inside an item', async () => {
    const { inventory } = await scene(
      oneRegion(
        bucket('a', {
          supplementaryConfiguration: {
            BucketPolicy: '{"policyText":null}',
            Words: 'plain text',
          },
        }),
      ),
    );
    const [live] = await readPart(inventory, { ...PART, type: 'AWS::S3::Bucket' });
    expect(live?.resource.attributes).toEqual({
      arn: 'arn:aws:s3:::a',
      resourceId: 'a',
      resourceName: 'a',
      resourceType: 'AWS::S3::Bucket',
      configuration: { name: 'a' },
      supplementaryConfiguration: { BucketPolicy: { policyText: null }, Words: 'plain text' },
      relationships: [],
    });
  });

  it('has unknown tags where nobody can confirm that there are none', async () => {
    const iam = { ...PART, scope: { account: HOME, region: 'global', recordedIn: REGION } };
    const blind = role('reader', { tags: { owner: 'x' }, recordedTags: {} });
    const { inventory } = await scene(oneRegion(blind), {}, [
      { kind: 'denied', operation: 'ListRoleTags' },
    ]);
    const [live] = await readPart(inventory, { ...iam, type: 'AWS::IAM::Role' });
    expect(live?.resource.tags).toMatchObject({ state: 'unknown' });
  });
});
