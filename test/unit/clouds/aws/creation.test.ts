import { describe, expect, it } from 'vitest';

import { isCreation } from '../../../../src/clouds/aws/creation.ts';

describe('the event by which a thing was made', () => {
  it.each([
    ['RunInstances', 'AWS::EC2::Instance'],
    ['CreateBucket', 'AWS::S3::Bucket'],
    ['CreateVpc', 'AWS::EC2::VPC'],
    ['AllocateAddress', 'AWS::EC2::EIP'],
    ['CreateFunction20150331', 'AWS::Lambda::Function'],
    ['CreateFunction20150331v2', 'AWS::Lambda::Function'],
    ['CreateClusterV2', 'AWS::MSK::Cluster'],
    ['CreateElasticsearchDomain', 'AWS::Elasticsearch::Domain'],
    ['CreateDistributionWithTags', 'AWS::CloudFront::Distribution'],
    ['RestoreDBInstanceFromDBSnapshot', 'AWS::RDS::DBInstance'],
    ['RequestCertificate', 'AWS::ACM::Certificate'],
    ['CreateFlowLogs', 'AWS::EC2::FlowLog'],
    ['RunJobFlow', 'AWS::EMR::Cluster'],
  ])('%s makes %s', (event, type) => {
    expect(
      isCreation(event, [{ ResourceType: type, ResourceName: 'x' }], { type, name: 'x' }),
    ).toBe(true);
  });

  it.each([
    ['what names it and makes something else', 'RunInstances', 'AWS::EC2::SecurityGroup'],
    ['what changes a part of it', 'PutRolePolicy', 'AWS::IAM::Role'],
    ['what makes a part of it', 'CreateRolePolicy', 'AWS::IAM::Role'],
    ['what may have changed it as well', 'PutMetricAlarm', 'AWS::CloudWatch::Alarm'],
    ['what something else was made of', 'RestoreDBInstanceFromDBSnapshot', 'AWS::RDS::DBSnapshot'],
    ['what makes a copy of it', 'CreateDBInstanceReadReplica', 'AWS::RDS::DBInstance'],
    ['what tags it', 'CreateTags', 'AWS::EC2::Instance'],
    ['what ends it', 'DeleteBucket', 'AWS::S3::Bucket'],
    ['a type that is no word', 'CreateBucket', 'AWS::S3::.*'],
  ])('%s is not it', (_, event, type) => {
    expect(isCreation(event, [], { type, name: 'x' })).toBe(false);
  });

  it('is of the same type, where another type has the same name', () => {
    const stream = { type: 'AWS::Kinesis::Stream', name: 'orders' };
    const about = (type: string | undefined, name = 'orders') => [
      { ResourceType: type, ResourceName: name },
    ];
    expect(isCreation('CreateStream', about('AWS::Kinesis::Stream'), stream)).toBe(true);
    expect(isCreation('CreateStream', about('AWS::KinesisVideo::Stream'), stream)).toBe(false);
    expect(isCreation('CreateStream', about(undefined), stream)).toBe(true);
    expect(isCreation('CreateStream', about('AWS::IAM::Role', 'reader'), stream)).toBe(true);
  });
});
