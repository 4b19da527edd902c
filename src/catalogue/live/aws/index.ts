import type { Restatement } from '../restatement.ts';
import { ANALYTICS_RESTATEMENTS } from './analytics.ts';
import { AUTOSCALING_RESTATEMENTS } from './autoscaling.ts';
import { CACHE_RESTATEMENTS } from './caches.ts';
import { CONTAINER_RESTATEMENTS } from './containers.ts';
import { DYNAMODB_RESTATEMENTS } from './dynamodb.ts';
import { EBS_RESTATEMENTS } from './ebs.ts';
import { EC2_RESTATEMENTS } from './ec2.ts';
import { EDGE_RESTATEMENTS } from './edge.ts';
import { IAM_RESTATEMENTS } from './iam.ts';
import { KEY_RESTATEMENTS } from './keys.ts';
import { LAMBDA_RESTATEMENTS } from './lambda.ts';
import { LOG_RESTATEMENTS } from './logs.ts';
import { MESSAGING_RESTATEMENTS } from './messaging.ts';
import { NETWORK_RESTATEMENTS } from './network.ts';
import { RDS_RESTATEMENTS } from './rds.ts';
import { S3_RESTATEMENTS } from './s3.ts';
import { SAGEMAKER_RESTATEMENTS } from './sagemaker.ts';
import { SECURITY_GROUP_RESTATEMENTS } from './security-group.ts';
import { STORAGE_RESTATEMENTS } from './storage.ts';

/** Every type of AWS that the catalogue can tell in the words of Terraform, by family. */
export const AWS_RESTATEMENTS: readonly Restatement[] = [
  ...ANALYTICS_RESTATEMENTS,
  ...AUTOSCALING_RESTATEMENTS,
  ...CACHE_RESTATEMENTS,
  ...CONTAINER_RESTATEMENTS,
  ...DYNAMODB_RESTATEMENTS,
  ...EBS_RESTATEMENTS,
  ...EC2_RESTATEMENTS,
  ...EDGE_RESTATEMENTS,
  ...IAM_RESTATEMENTS,
  ...KEY_RESTATEMENTS,
  ...LAMBDA_RESTATEMENTS,
  ...LOG_RESTATEMENTS,
  ...MESSAGING_RESTATEMENTS,
  ...NETWORK_RESTATEMENTS,
  ...RDS_RESTATEMENTS,
  ...S3_RESTATEMENTS,
  ...SAGEMAKER_RESTATEMENTS,
  ...SECURITY_GROUP_RESTATEMENTS,
  ...STORAGE_RESTATEMENTS,
];
