import { at, flag, has, number, object, objects, orNone, text, texts } from '../read.ts';
import type { LiveItem, Restatement } from '../restatement.ts';
import { awsItem, block, policyOf, resolvedKey } from './item.ts';
import type { Item, Words } from './item.ts';

/*
 * All by their CloudFormation schemas. AWS Config takes down what the type's handler answers, which leaves some optional
 * properties out: those that its own schema does not list are unknown where they are missing.
 */

function repository(item: Item): Words {
  const { own } = item;
  const encryption = object(own, 'EncryptionConfiguration');
  const key = resolvedKey(text(encryption, 'KmsKey'), item);
  const policy = policyOf(at(own, 'RepositoryPolicyText'));
  const expires = has(own, 'LifecyclePolicy');
  return {
    attributes: {
      name: text(own, 'RepositoryName'),
      encryption_configuration: encryption && [
        { encryption_type: text(encryption, 'EncryptionType'), kms_key: key },
      ],
      image_scanning_configuration: block(object(own, 'ImageScanningConfiguration'), (one) => ({
        scan_on_push: flag(one, 'ScanOnPush'),
      })),
      image_tag_mutability: text(own, 'ImageTagMutability'),
    },
    unknown: key === undefined ? ['encryption_configuration[0].kms_key'] : [],
    companions: [
      ...(expires ? [{ type: 'aws_ecr_lifecycle_policy', attributes: {} }] : []),
      ...(policy ? [{ type: 'aws_ecr_repository_policy', attributes: { policy } }] : []),
    ],
    tells: [
      'aws_ecr_lifecycle_policy',
      ...(policy === undefined ? [] : ['aws_ecr_repository_policy']),
    ],
  };
}

function ecsCluster({ own }: Item): Words {
  return {
    attributes: {
      name: text(own, 'ClusterName'),
      setting: objects(own, 'ClusterSettings')?.map((one) => ({
        name: text(one, 'Name'),
        value: text(one, 'Value'),
      })),
      configuration: block(object(own, 'Configuration'), (one) => ({
        execute_command_configuration: block(
          object(one, 'ExecuteCommandConfiguration'),
          (exec) => ({
            logging: text(exec, 'Logging'),
          }),
        ),
      })),
    },
  };
}

function ecsService({ own }: Item): Words {
  return {
    attributes: {
      name: text(own, 'ServiceName') ?? text(own, 'Name'),
      network_configuration: block(
        object(own, 'NetworkConfiguration.AwsvpcConfiguration'),
        (one) => ({
          assign_public_ip: text(one, 'AssignPublicIp') === 'ENABLED',
          subnets: texts(one, 'Subnets') ?? null,
        }),
      ),
      desired_count: number(own, 'DesiredCount'),
      capacity_provider_strategy: (objects(own, 'CapacityProviderStrategy') ?? []).map((one) => ({
        capacity_provider: text(one, 'CapacityProvider'),
      })),
    },
  };
}

/** Terraform holds the containers as JSON in the words of ECS's API. */
function taskDefinition({ own }: Item): Words {
  const containers = objects(own, 'ContainerDefinitions')?.map(container);
  return {
    attributes: {
      family: text(own, 'Family'),
      container_definitions: containers && JSON.stringify(containers),
      task_role_arn: orNone(text(own, 'TaskRoleArn')),
      volume: (objects(own, 'Volumes') ?? []).map((volume) => ({
        efs_volume_configuration: block(efsOf(volume), (one) => ({
          transit_encryption: text(one, 'TransitEncryption'),
        })),
      })),
    },
  };
}

/** The schema of CloudFormation spells it in two ways. */
function efsOf(volume: LiveItem): LiveItem | undefined {
  return object(volume, 'EFSVolumeConfiguration');
}

function container(definition: LiveItem): LiveItem {
  const logs = object(definition, 'LogConfiguration');
  return {
    environment: (objects(definition, 'Environment') ?? []).map((one) => ({
      name: text(one, 'Name'),
      value: text(one, 'Value'),
    })),
    ...(logs === undefined ? {} : { logConfiguration: { logDriver: text(logs, 'LogDriver') } }),
  };
}

function eksCluster({ own }: Item): Words {
  const types = objects(own, 'Logging.ClusterLogging.EnabledTypes') ?? [];
  const [encryption] = objects(own, 'EncryptionConfig') ?? [];
  return {
    attributes: {
      name: text(own, 'Name'),
      vpc_config: objects(own, 'ResourcesVpcConfig')?.map((one) => ({
        endpoint_public_access: flag(one, 'EndpointPublicAccess'),
        public_access_cidrs: texts(one, 'PublicAccessCidrs') ?? null,
      })),
      encryption_config: block(encryption, (one) => ({
        provider: block(object(one, 'Provider'), (provider) => ({
          key_arn: text(provider, 'KeyArn'),
        })),
      })),
      enabled_cluster_log_types: types.map((one) => text(one, 'Type')),
      version: text(own, 'Version'),
      deletion_protection: flag(own, 'DeletionProtection'),
    },
  };
}

/** Not recorded by AWS Config. */
function nodeGroup({ own }: Item): Words {
  return {
    attributes: {
      node_group_name: text(own, 'NodegroupName'),
      instance_types: texts(own, 'InstanceTypes'),
      scaling_config: objects(own, 'ScalingConfig')?.map((one) => ({
        max_size: number(one, 'MaxSize'),
      })),
      disk_size: number(own, 'DiskSize'),
      capacity_type: text(own, 'CapacityType'),
      remote_access: block(object(own, 'RemoteAccess'), (one) => ({
        ec2_ssh_key: text(one, 'Ec2SshKey'),
        source_security_group_ids: texts(one, 'SourceSecurityGroups') ?? null,
      })),
      subnet_ids: texts(own, 'Subnets'),
    },
  };
}

export const CONTAINER_RESTATEMENTS: readonly Restatement[] = [
  awsItem('AWS::ECR::Repository', 'aws_ecr_repository', repository),
  awsItem('AWS::ECR::PublicRepository', 'aws_ecrpublic_repository', ({ own }) => ({
    attributes: { repository_name: text(own, 'RepositoryName') },
  })),
  awsItem('AWS::ECS::Cluster', 'aws_ecs_cluster', ecsCluster),
  awsItem('AWS::ECS::Service', 'aws_ecs_service', ecsService),
  awsItem('AWS::ECS::TaskDefinition', 'aws_ecs_task_definition', taskDefinition, {
    sensitive: ['configuration.ContainerDefinitions'],
  }),
  awsItem('AWS::EKS::Cluster', 'aws_eks_cluster', eksCluster),
  awsItem('AWS::EKS::Nodegroup', 'aws_eks_node_group', nodeGroup),
];
