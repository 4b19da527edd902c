import type { Kind } from '../kind.ts';
import { ANALYTICS_KINDS } from './analytics.ts';
import { AUTOSCALING_KINDS } from './autoscaling.ts';
import { CACHE_KINDS } from './caches.ts';
import { CONTAINER_KINDS } from './containers.ts';
import { DYNAMODB_KINDS } from './dynamodb.ts';
import { EBS_KINDS } from './ebs.ts';
import { EC2_KINDS } from './ec2.ts';
import { EDGE_KINDS } from './edge.ts';
import { IAM_KINDS } from './iam.ts';
import { KEY_KINDS } from './keys.ts';
import { LAMBDA_KINDS } from './lambda.ts';
import { LOG_KINDS } from './logs.ts';
import { MESSAGING_KINDS } from './messaging.ts';
import { NETWORK_KINDS } from './network.ts';
import { RDS_KINDS } from './rds.ts';
import { S3_KINDS } from './s3.ts';
import { SAGEMAKER_KINDS } from './sagemaker.ts';
import { SECURITY_GROUP_KINDS } from './security-group.ts';
import { STORAGE_KINDS } from './storage.ts';

/** Every kind of AWS, by family. */
export const AWS_KINDS: readonly Kind[] = [
  ...ANALYTICS_KINDS,
  ...AUTOSCALING_KINDS,
  ...CACHE_KINDS,
  ...CONTAINER_KINDS,
  ...DYNAMODB_KINDS,
  ...EBS_KINDS,
  ...EC2_KINDS,
  ...EDGE_KINDS,
  ...IAM_KINDS,
  ...KEY_KINDS,
  ...LAMBDA_KINDS,
  ...LOG_KINDS,
  ...MESSAGING_KINDS,
  ...NETWORK_KINDS,
  ...RDS_KINDS,
  ...S3_KINDS,
  ...SAGEMAKER_KINDS,
  ...SECURITY_GROUP_KINDS,
  ...STORAGE_KINDS,
];
