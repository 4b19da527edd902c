import { UNKNOWN } from '../facts.ts';
import type { Facts } from '../facts.ts';
import {
  allOf,
  anyOf,
  equals,
  everyOf,
  holds,
  includesAny,
  map,
  not,
  oneOf,
  orElse,
  present,
  someOf,
} from '../values.ts';
import type { Read, View } from '../view.ts';
import { secretAmong } from './environment.ts';
import type { Variables } from './environment.ts';
import { policyAt, trustsAnyone } from './policy-document.ts';
import { accelerated, awsKind, companion, customerKey, flag, several } from './service.ts';

/** Page aws_ecr_repository: AES256 unless told, tags can be moved, scans are off. */
function repository(view: View): Facts {
  const names = ['id', 'name', 'arn', 'repository_url'];
  return {
    stateful: true,
    encrypted_at_rest: true,
    customer_key: allOf(
      holds(view.string('encryption_configuration[0].encryption_type'), (type) =>
        type.startsWith('KMS'),
      ),
      customerKey(view, 'encryption_configuration[0].kms_key'),
    ),
    image_scanning: flag(view, 'image_scanning_configuration[0].scan_on_push', false),
    immutable_tags: holds(view.string('image_tag_mutability'), (mode) =>
      mode.startsWith('IMMUTABLE'),
    ),
    lifecycle: companion(view, ['aws_ecr_lifecycle_policy'], 'repository', undefined, names),
    anyone_trusted: companion(
      view,
      ['aws_ecr_repository_policy'],
      'repository',
      (one) => trustsAnyone(policyAt(one, 'policy')),
      names,
    ),
  };
}

function ecsCluster(view: View): Facts {
  return {
    monitoring: someOf(view.list('setting'), (setting) =>
      allOf(
        equals(setting.string('name'), 'containerInsights'),
        oneOf(setting.string('value'), ['enabled', 'enhanced']),
      ),
    ),
    logging: not(
      equals(
        orElse(view.string('configuration[0].execute_command_configuration[0].logging'), 'DEFAULT'),
        'NONE',
      ),
    ),
  };
}

function ecsService(view: View): Facts {
  return {
    public_ip: flag(view, 'network_configuration[0].assign_public_ip', false),
    instance_count: view.number('desired_count'),
    multi_zone: several(view, 'network_configuration[0].subnets'),
    spot: someOf(view.list('capacity_provider_strategy'), (one) =>
      equals(one.string('capacity_provider'), 'FARGATE_SPOT'),
    ),
  };
}

interface Container {
  readonly variables: Variables;
  readonly logs: boolean;
}

/** `container_definitions` is a JSON string: a list of containers, each with its environment and log driver. */
function taskDefinition(view: View): Facts {
  const containers = map(view.string('container_definitions'), parseContainers);
  return {
    name: view.string('family'),
    secret_in_environment: someOf(containers, ({ variables }) => secretAmong(variables)),
    logging: everyOf(containers, ({ logs }) => logs),
    managed_identity: present(view.read('task_role_arn')),
    encrypted_in_transit: efsTransit(view),
  };
}

/** A text longer than this is not read: ECS takes 64 KB. */
const LONGEST = 262_144;

function parseContainers(text: string): readonly Container[] | typeof UNKNOWN {
  const list = text.length > LONGEST ? undefined : parseJson(text);
  return Array.isArray(list) ? list.filter(isObject).map(toContainer) : UNKNOWN;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function toContainer(definition: object): Container {
  const environment = Reflect.get(definition, 'environment') as unknown;
  const variables = Array.isArray(environment) ? environment.filter(isObject) : [];
  return {
    variables: variables.map(
      (one) => [text(Reflect.get(one, 'name')), text(Reflect.get(one, 'value'))] as const,
    ),
    logs: isObject(Reflect.get(definition, 'logConfiguration')),
  };
}

/** ECS takes strings only; a number stands for itself, anything else for nothing. */
function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function isObject(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Only tasks that mount a file system have a say in how they talk to it. */
function efsTransit(view: View): Read<boolean> {
  const mounts = view.list('volume');
  if (mounts === UNKNOWN) return UNKNOWN;
  const shared = (mounts ?? []).filter(
    (volume) => present(volume.read('efs_volume_configuration')) !== false,
  );
  if (shared.length === 0) return undefined;
  return everyOf(shared, (volume) =>
    equals(volume.string('efs_volume_configuration[0].transit_encryption'), 'ENABLED'),
  );
}

/** Page aws_eks_cluster: the endpoint is public, to every address, unless told. */
function eksCluster(view: View): Facts {
  const cidrs = view.list('vpc_config[0].public_access_cidrs');
  const listed = holds(cidrs, (items) => items.length > 0);
  return {
    public: allOf(
      flag(view, 'vpc_config[0].endpoint_public_access', true),
      anyOf(
        not(listed),
        includesAny(view, 'vpc_config[0].public_access_cidrs', ['0.0.0.0/0', '::/0']),
      ),
    ),
    // Secrets and all other API data are enveloped with a key that AWS owns since Kubernetes 1.28:
    // docs.aws.amazon.com/eks/latest/userguide/envelope-encryption.html
    encrypted_at_rest: true,
    customer_key: customerKey(view, 'encryption_config[0].provider[0].key_arn'),
    logging: includesAny(view, 'enabled_cluster_log_types', ['audit']),
    engine_version: view.string('version'),
    deletion_protected: flag(view, 'deletion_protection', false),
  };
}

/** Page aws_eks_node_group: a key pair without source security groups opens SSH to the whole internet. */
function nodeGroup(view: View): Facts {
  const sizes = map(view.list('instance_types'), (items) => items.map((item) => item.string('')));
  const ssh = present(view.read('remote_access[0].ec2_ssh_key'));
  const narrowed = present(view.read('remote_access[0].source_security_group_ids'));
  return {
    name: view.string('node_group_name'),
    size: map(sizes, (items) => items[0]),
    gpu: someOf(sizes, (size) => orElse(accelerated(size), false)),
    instance_count: view.number('scaling_config[0].max_size'),
    disk_gb: view.number('disk_size'),
    spot: equals(view.string('capacity_type'), 'SPOT'),
    open_admin_port: allOf(ssh, not(narrowed)),
    multi_zone: several(view, 'subnet_ids'),
  };
}

export const CONTAINER_KINDS = [
  awsKind({
    kind: 'aws.ecr.repository',
    title: 'ECR repository',
    types: ['aws_ecr_repository'],
    facts: repository,
  }),
  awsKind({
    kind: 'aws.ecr.public_repository',
    title: 'Public ECR repository',
    types: ['aws_ecrpublic_repository'],
    facts: (view) => ({ name: view.string('repository_name'), public: true, stateful: true }),
  }),
  awsKind({
    kind: 'aws.ecs.cluster',
    title: 'ECS cluster',
    types: ['aws_ecs_cluster'],
    facts: ecsCluster,
  }),
  awsKind({
    kind: 'aws.ecs.service',
    title: 'ECS service',
    types: ['aws_ecs_service'],
    facts: ecsService,
  }),
  awsKind({
    kind: 'aws.ecs.task_definition',
    title: 'ECS task definition',
    types: ['aws_ecs_task_definition'],
    facts: taskDefinition,
  }),
  awsKind({
    kind: 'aws.eks.cluster',
    title: 'EKS cluster',
    types: ['aws_eks_cluster'],
    facts: eksCluster,
  }),
  awsKind({
    kind: 'aws.eks.node_group',
    title: 'EKS node group',
    types: ['aws_eks_node_group'],
    facts: nodeGroup,
  }),
];
