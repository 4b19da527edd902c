import type { Facts } from '../facts.ts';
import { equals, when } from '../values.ts';
import type { View } from '../view.ts';
import { awsKind, customerKey, flag, several } from './service.ts';

/** Page aws_dynamodb_table: encrypted always, by a key that AWS owns unless `server_side_encryption` says more. */
function table(view: View): Facts {
  const chosen = flag(view, 'server_side_encryption[0].enabled', false);
  return {
    stateful: true,
    encrypted_at_rest: true,
    customer_key: when(chosen, customerKey(view, 'server_side_encryption[0].kms_key_arn'), false),
    backup: flag(view, 'point_in_time_recovery[0].enabled', false),
    deletion_protected: flag(view, 'deletion_protection_enabled', false),
    lifecycle: flag(view, 'ttl[0].enabled', false),
    multi_zone: true,
  };
}

/** Page aws_dax_cluster: encryption of any sort is off unless told. */
function accelerator(view: View): Facts {
  return {
    name: view.string('cluster_name'),
    encrypted_at_rest: flag(view, 'server_side_encryption[0].enabled', false),
    encrypted_in_transit: equals(view.string('cluster_endpoint_encryption_type'), 'TLS'),
    size: view.string('node_type'),
    instance_count: view.number('replication_factor'),
    multi_zone: several(view, 'availability_zones'),
  };
}

export const DYNAMODB_KINDS = [
  awsKind({
    kind: 'aws.dynamodb.table',
    title: 'DynamoDB table',
    types: ['aws_dynamodb_table'],
    facts: table,
  }),
  awsKind({
    kind: 'aws.dax.cluster',
    title: 'DynamoDB accelerator',
    types: ['aws_dax_cluster'],
    facts: accelerator,
  }),
];
