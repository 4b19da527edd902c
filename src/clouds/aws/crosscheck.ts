import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';

import { RESTATEMENTS } from '../../catalogue/live/registry.ts';
import type { Gap, Wanted } from '../inventory.ts';
import type { AwsCalls, Where } from './calls.ts';
import { isWanted } from './kinds.ts';
import { everyPage } from './pages.ts';
import { arnParts } from './regions.ts';

/**
 * AWS Config answers nothing for types that it does not record: no error, no word. The Tagging API knows what was ever
 * tagged, of every type that it supports; what only it knows is a gap of the inventory.
 *
 * @throws CloudError when the Tagging API cannot be asked.
 */
export async function unrecordedTypes(
  calls: AwsCalls,
  where: Where,
  recorded: ReadonlySet<string>,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Gap[]> {
  const arns = await everyPage('the resources of the Tagging API', async (token) => {
    const { ResourceTagMappingList = [], PaginationToken } = await calls.call(
      'tagging',
      'GetResources',
      where,
      async (client, sending) =>
        await client.send(
          new GetResourcesCommand({
            ResourcesPerPage: 100,
            ...(token === undefined ? {} : { PaginationToken: token }),
          }),
          sending,
        ),
      { signal },
    );
    return {
      items: ResourceTagMappingList.flatMap(({ ResourceARN }) => ResourceARN ?? []),
      next: PaginationToken,
    };
  });
  const known = new Map([...recorded].map((type) => [typeKey(type), type]));
  return [...counted(arns.flatMap((arn) => typeOf(arn) ?? []))]
    .filter(([type]) => !known.has(typeKey(type)) && isWanted(wanted, type))
    .map(([type, count]) => ({
      scope: { account: where.account, region: where.region },
      type,
      code: 'CLOUD_SETTINGS',
      message: `the Tagging API knows ${count} resource${count === 1 ? '' : 's'} of type ${type} in ${where.account}, ${where.region}, and AWS Config does not record them there: let it record the type`,
    }));
}

function counted(types: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Where ARNs and AWS Config have other names for the same thing; the rest differs in case and hyphens alone. */
const NAMES: Readonly<Record<string, string>> = {
  'acm certificate': 'AWS::ACM::Certificate',
  'apigateway restapis': 'AWS::ApiGateway::RestApi',
  'apigateway apis': 'AWS::ApiGatewayV2::Api',
  'autoscaling autoscalinggroup': 'AWS::AutoScaling::AutoScalingGroup',
  'cloudformation stack': 'AWS::CloudFormation::Stack',
  'codebuild project': 'AWS::CodeBuild::Project',
  'ec2 elasticip': 'AWS::EC2::EIP',
  'ecr repository': 'AWS::ECR::Repository',
  'ecs taskdefinition': 'AWS::ECS::TaskDefinition',
  'elasticfilesystem filesystem': 'AWS::EFS::FileSystem',
  'elasticfilesystem accesspoint': 'AWS::EFS::AccessPoint',
  'elasticloadbalancing loadbalancer': 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'elasticloadbalancing listener': 'AWS::ElasticLoadBalancingV2::Listener',
  'es domain': 'AWS::OpenSearch::Domain',
  'events rule': 'AWS::Events::Rule',
  'rds cluster': 'AWS::RDS::DBCluster',
  'rds clustersnapshot': 'AWS::RDS::DBClusterSnapshot',
  'rds db': 'AWS::RDS::DBInstance',
  'rds es': 'AWS::RDS::EventSubscription',
  'rds secgrp': 'AWS::RDS::DBSecurityGroup',
  'rds snapshot': 'AWS::RDS::DBSnapshot',
  'rds subgrp': 'AWS::RDS::DBSubnetGroup',
  'route53 hostedzone': 'AWS::Route53::HostedZone',
  's3 ': 'AWS::S3::Bucket',
  'secretsmanager secret': 'AWS::SecretsManager::Secret',
  'sns ': 'AWS::SNS::Topic',
  'sqs ': 'AWS::SQS::Queue',
  'states statemachine': 'AWS::StepFunctions::StateMachine',
};

/** The type in the words of AWS Config, as far as an ARN tells; `service:kind` otherwise. */
function typeOf(arn: string): string | undefined {
  const parts = arnParts(arn);
  if (parts === undefined) return undefined;
  const [kind = ''] = /^[^/:]+(?=[/:])/.exec(parts.resource) ?? [];
  const plain = kind.replaceAll('-', '').toLowerCase();
  const guess = `${parts.service}:${kind}`;
  return NAMES[`${parts.service} ${plain}`] ?? CATALOGUE.get(typeKey(guess)) ?? guess;
}

/** Types of the catalogue by what is left of their names when case and hyphens are taken away. */
const CATALOGUE: ReadonlyMap<string, string> = new Map(
  RESTATEMENTS['aws-config'].map(({ type }) => [typeKey(type), type]),
);

/** `ec2:natgateway` and `AWS::EC2::NatGateway` are one. */
function typeKey(type: string): string {
  return type
    .replace(/^AWS::/, '')
    .replace('::', ':')
    .replaceAll('-', '')
    .toLowerCase();
}
