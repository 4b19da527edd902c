import { flag, given, object, text } from '../read.ts';
import type { Restatement } from '../restatement.ts';
import { awsItem, resolvedKey } from './item.ts';
import type { Item, Words } from './item.ts';

/**
 * DescribeTable, and the continuous backups beside it. `ssedescription` is left out of a table that is encrypted by the key
 * AWS owns; with KMS the key is an ARN, also of the one that AWS manages.
 */
function table(item: Item): Words {
  const sse = object(item.own, 'ssedescription');
  const key = resolvedKey(text(sse, 'kmsmasterKeyArn'), item);
  const enabled = /^(?:ENABLED|ENABLING|UPDATING)$/.test(text(sse, 'status') ?? '');
  const recovery = 'ContinuousBackupsDescription.pointInTimeRecoveryDescription';
  return {
    attributes: {
      name: text(item.own, 'tableName'),
      server_side_encryption: sse === undefined ? null : [{ enabled, kms_key_arn: key }],
      point_in_time_recovery: given(
        text(item.more, `${recovery}.pointInTimeRecoveryStatus`),
        (status) => [{ enabled: status === 'ENABLED' }],
      ),
      deletion_protection_enabled: flag(item.own, 'deletionProtectionEnabled'),
    },
    unknown: key === undefined ? ['server_side_encryption[0].kms_key_arn'] : [],
  };
}

export const DYNAMODB_RESTATEMENTS: readonly Restatement[] = [
  awsItem('AWS::DynamoDB::Table', 'aws_dynamodb_table', table),
  // Not recorded by AWS Config; by its CloudFormation schema.
  awsItem('AWS::DAX::Cluster', 'aws_dax_cluster', ({ own }) => ({
    attributes: {
      cluster_name: text(own, 'ClusterName'),
      server_side_encryption: given(flag(own, 'SSESpecification.SSEEnabled'), (enabled) => [
        { enabled },
      ]),
      cluster_endpoint_encryption_type: text(own, 'ClusterEndpointEncryptionType'),
      node_type: text(own, 'NodeType'),
    },
  })),
];
