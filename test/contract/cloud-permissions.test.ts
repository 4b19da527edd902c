import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { openAwsInventory } from '../../src/clouds/aws/inventory.ts';
import { openAwsTagger } from '../../src/clouds/aws/tagger.ts';
import { openAzureInventory } from '../../src/clouds/azure/inventory.ts';
import { openAzureTagger } from '../../src/clouds/azure/tagger.ts';
import type { Inventory } from '../../src/clouds/inventory.ts';
import { kubernetes } from '../../src/clouds/kubernetes/index.ts';
import type { TagTarget, Tagger } from '../../src/clouds/tagger.ts';
import { bucket, HOME, instance, OTHER, REGION, role, stage } from '../unit/clouds/aws/estates.ts';
import { SHOP, startWorld, VAULT } from '../unit/clouds/azure/world.ts';
import { makeFolder } from '../unit/clouds/folders.ts';
import { assetOf, ONE_OF_EACH } from '../unit/clouds/google/examples.ts';
import { ESTATE, openWorld, targetOf } from '../unit/clouds/google/world.ts';
import { startApiServer } from '../unit/clouds/kubernetes/api-server.ts';
import { open as openCluster, populate } from '../unit/clouds/kubernetes/estate.ts';
import { fakeOutside } from '../unit/clouds/outside.ts';
import {
  azureActions,
  clusterActions,
  DEPLOY,
  deployed,
  googlePermissions,
  iam,
  iamActions,
} from './deployed.ts';
import { pagesOf } from './inventory.ts';

const { signal } = new AbortController();

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Reads all there is. */
async function sweepAll(inventory: Inventory): Promise<number> {
  closing.push(inventory.close);
  const { partitions } = await inventory.plan({ kind: () => true }, signal);
  let count = 0;
  for (const partition of partitions)
    for (const { resources } of await pagesOf(inventory, partition)) count += resources.length;
  return count;
}

/** Looks up who made each thing, as a sweep does for what breaks a rule. */
async function lookUpCreators(inventory: Inventory): Promise<void> {
  closing.push(inventory.close);
  const { partitions } = await inventory.plan({ kind: () => true }, signal);
  for (const partition of partitions)
    for (const { resources } of await pagesOf(inventory, partition))
      for (const made of resources) await inventory.whoMade?.(made, signal);
}

/** Sets a tag and takes it away, as repairs do: what is to be carried is read first. */
async function mend(tagger: Tagger, targets: readonly TagTarget[]): Promise<void> {
  for (const change of [
    { set: { owner: 'shop' }, remove: [] },
    { set: {}, remove: ['owner'] },
  ])
    for (const { target, version } of await tagger.read(targets, signal)) {
      const carried = version === undefined ? {} : { version };
      const results = await tagger.write([{ target, ...change, ...carried }], signal);
      expect(results.map(({ outcome }) => outcome)).toEqual(['done']);
    }
}

/** What was asked for and is not granted. */
function lacking(asked: readonly string[], ...granted: readonly (readonly string[])[]): string[] {
  expect(asked.length).toBeGreaterThan(0);
  const all = new Set(granted.flat());
  return [...new Set(asked)].filter((one) => !all.has(one)).sort();
}

describe('what deploy/ grants covers every call', () => {
  it('of AWS: reading needs the read policy in the account and the gate policy before it', async () => {
    const items = [
      instance(1, { tags: { Name: 'one' } }),
      bucket('data', { tags: { team: 'x' } }),
      role('reader', { tags: { team: 'x' }, recordedTags: {} }),
    ];
    const { fake, outside, settings } = await stage({
      accounts: [
        { id: HOME, regions: [{ name: REGION, items }] },
        { id: OTHER, regions: [{ name: REGION, items: [instance(2)] }] },
      ],
      aggregators: [{ name: 'all', account: HOME, region: REGION, sources: [] }],
    });
    closing.push(fake.close);
    const assumed = { role: 'arn:aws:iam::{account}:role/portcullis' };
    const aggregator = { name: 'all', account: HOME, region: REGION };
    for (const given of [
      {},
      { ...assumed, organization: true as const },
      { ...assumed, aggregator },
    ])
      expect(await sweepAll(openAwsInventory(settings(given), outside))).toBeGreaterThan(2);
    const target = {
      address: instance(1).arn,
      type: 'AWS::EC2::Instance',
      scope: { account: HOME, region: REGION },
    };
    const tagger = openAwsTagger(settings(assumed), outside);
    closing.push(tagger.close);
    await tagger.read([target], signal);
    const asked = () =>
      fake.calls.map(({ service, operation }) =>
        [service === 'tagging' ? 'tag' : service, operation].join(':'),
      );
    const read = iamActions('portcullis-read');
    const gate = iamActions('portcullis-gate');
    expect(lacking(asked(), read, gate)).toEqual([]);
    await lookUpCreators(openAwsInventory(settings({ creators: 'cloudtrail' }), outside));
    expect(lacking(asked(), read, gate)).toEqual(['cloudtrail:LookupEvents']);
    const creators = iamActions('portcullis-creators');
    expect(lacking(asked(), read, gate, creators)).toEqual([]);
    await mend(tagger, [target]);
    expect(lacking(asked(), read, gate, creators)).toEqual([
      ...['tag:TagResources', 'tag:UntagResources'],
    ]);
    const repair = iamActions('portcullis-repair');
    expect(lacking(asked(), read, gate, creators, repair)).toEqual([]);
    // What the Tagging API does with the rights of the caller is not seen by a fake.
    expect(lacking(['ec2:CreateTags', 'ec2:DeleteTags', 's3:PutBucketTagging'], repair)).toEqual(
      [],
    );
  });

  it('of Azure', async () => {
    const { fake, outside, settings } = await startWorld({
      settings: { managementGroups: ['retail'] },
      faults: [{ on: 'tags-write', harm: { kind: 'slow', polls: 1 } }],
    });
    closing.push(fake.close);
    const inventory = await openAzureInventory(settings, outside);
    expect(await sweepAll(inventory)).toBeGreaterThan(3);
    await inventory.policyContext(SHOP, signal);
    const tagger = await openAzureTagger(settings, outside);
    closing.push(tagger.close);
    const target = { address: VAULT.id, type: VAULT.type, scope: { subscription: SHOP } };
    await tagger.read([target], signal);
    const asked = () => fake.calls.map(({ action }) => action);
    expect(lacking(asked(), azureActions('read'))).toEqual([]);
    await mend(tagger, [{ ...target, address: VAULT.id.toLowerCase() }]);
    expect(lacking(asked(), azureActions('read'))).toEqual(['Microsoft.Resources/tags/write']);
    expect(lacking(asked(), azureActions('read'), azureActions('repair'))).toEqual([]);
  });

  it('of Google Cloud, for every type whose labels can be written', async () => {
    const assets = Object.keys(ONE_OF_EACH).map((type) => assetOf(type));
    const { fake, inventory, tagger } = await openWorld({ estate: { ...ESTATE, assets } });
    closing.push(fake.close, tagger.close);
    expect(await sweepAll(inventory)).toBe(assets.length);
    // Some services show operations to everybody who began them: there is no permission to ask for.
    const asked = () =>
      fake.calls.map(({ permission }) => permission).filter((permission) => permission !== '');
    expect(lacking(asked(), googlePermissions('read'))).toEqual([]);
    await mend(tagger, assets.map(targetOf));
    expect(lacking(asked(), googlePermissions('read'), googlePermissions('repair'))).toEqual([]);
    expect(lacking(asked(), googlePermissions('read')).length).toBeGreaterThan(assets.length);
  });

  it('of Kubernetes', async () => {
    const folder = makeFolder();
    const server = await startApiServer(folder.path);
    closing.push(folder.remove, server.close);
    populate(server);
    const asked = () =>
      server.calls.filter((call) => !call.includes(' /')).map((call) => call.split(' in ')[0]!);
    const kinds = ['kubernetes.*', '!kubernetes.secret'];
    expect(await sweepAll(await openCluster(server, { kinds }))).toBe(6);
    expect(lacking(asked(), clusterActions('sweep-role'))).toEqual([]);
    expect(await sweepAll(await openCluster(server, { kinds: ['kubernetes.secret'] }))).toBe(1);
    expect(lacking(asked(), clusterActions('sweep-role'))).toEqual(['list secrets']);
    const reading = [clusterActions('sweep-role'), clusterActions('sweep-secrets-role')];
    expect(lacking(asked(), ...reading)).toEqual([]);
    const settings = kubernetes.settings.parse({
      ...{ type: 'kubernetes', name: 'west', cluster: 'west', kubeconfig: server.kubeconfig },
    });
    const tagger = await kubernetes.openTagger(settings, fakeOutside());
    closing.push(tagger.close);
    const scope = { cluster: 'west', namespace: 'team-a' };
    await mend(tagger, [{ address: 'west/team-a/Pod/web', type: 'v1/Pod', scope }]);
    expect(lacking(asked(), ...reading)).toEqual(['get pods', 'patch pods']);
    expect(lacking(asked(), ...reading, clusterActions('repair-role'))).toEqual([]);
  });
});

describe('what deploy/ grants is no more than that', () => {
  const POLICIES = [
    'portcullis-read',
    'portcullis-creators',
    'portcullis-gate',
    'portcullis-repair',
  ] as const;

  it.each(POLICIES)('%s fits into a managed policy, sorted, one Sid each', (file) => {
    const statements = iam(file);
    const sids = statements.map(({ Sid }) => Sid);
    expect(sids).toEqual([...new Set(sids)].sort());
    for (const { Action } of statements) expect(Action).toEqual([...new Set(Action)].sort());
    const text = deployed(`aws/${file}.policy.json`).replaceAll(/\s/g, '');
    expect(text.length).toBeLessThanOrEqual(6144);
  });

  it('reading changes nothing', () => {
    for (const action of ['read', 'creators', 'gate'].flatMap((file) =>
      iamActions(`portcullis-${file}`),
    ))
      expect(action).toMatch(/:(Assume|BatchGet|Describe|Get|List|Lookup|Select)/);
    for (const action of azureActions('read')) expect(action).toMatch(/\/read$/);
    for (const one of googlePermissions('read')) expect(one).not.toMatch(/(update|set\w+)$/i);
    for (const one of clusterActions('sweep-role')) expect(one).toMatch(/^list (?!secrets)/);
  });

  it('what would open more than tags is narrowed to them, or left out', () => {
    const wide = iam('portcullis-repair').filter(({ Action }) =>
      Action.some((action) => /^(apigateway|codebuild|iam|cloudformation):/.test(action)),
    );
    expect(wide.map(({ Resource }) => Resource)).toEqual(['arn:aws:apigateway:*::/tags/*']);
    const assume = iam('portcullis-gate').filter(({ Action }) => Action.includes('sts:AssumeRole'));
    expect(assume.map(({ Resource }) => Resource)).toEqual(['arn:aws:iam::*:role/portcullis']);
  });

  it('the role of a member account is assumed by one principal that says the external id, repairs when told, and looks up creators when told', () => {
    // As CloudFormation reads it: YAML 1.1, in which an unquoted yes is a boolean and an unquoted 2012-10-17 a date.
    const template: unknown = parse(deployed('aws/member-account.yaml'), { version: '1.1' });
    expect(template).toMatchObject({
      Parameters: {
        AllowRepairs: { AllowedValues: ['no', 'yes'], Default: 'no' },
        AllowCreators: { AllowedValues: ['no', 'yes'], Default: 'no' },
      },
      Conditions: {
        Repairs: { 'Fn::Equals': [{ Ref: 'AllowRepairs' }, 'yes'] },
        Creators: { 'Fn::Equals': [{ Ref: 'AllowCreators' }, 'yes'] },
      },
      Resources: {
        ReadPolicy: { Properties: { PolicyDocument: { Statement: iam('portcullis-read') } } },
        RepairPolicy: {
          Condition: 'Repairs',
          Properties: { PolicyDocument: { Statement: iam('portcullis-repair') } },
        },
        CreatorsPolicy: {
          Condition: 'Creators',
          Properties: { PolicyDocument: { Statement: iam('portcullis-creators') } },
        },
        Role: {
          Properties: {
            AssumeRolePolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                {
                  Principal: { AWS: { Ref: 'TrustedPrincipal' } },
                  Action: 'sts:AssumeRole',
                  Condition: { StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } } },
                },
              ],
            },
            ManagedPolicyArns: [
              { Ref: 'ReadPolicy' },
              { 'Fn::If': ['Repairs', { Ref: 'RepairPolicy' }, { Ref: 'AWS::NoValue' }] },
              { 'Fn::If': ['Creators', { Ref: 'CreatorsPolicy' }, { Ref: 'AWS::NoValue' }] },
            ],
          },
        },
      },
    });
  });

  it.each(['aws', 'azure', 'google'])('the readme of %s names every file beside it', (cloud) => {
    const readme = deployed(`${cloud}/readme.md`);
    for (const name of readdirSync(path.join(DEPLOY, cloud)))
      if (name !== 'readme.md') expect(readme).toContain(name);
    for (const [, name] of readme.matchAll(/file:\/\/(\S+)|--file=(\S+)|@(\S+\.json)/g))
      if (name !== undefined) expect(existsSync(path.join(DEPLOY, cloud, name))).toBe(true);
  });
});
