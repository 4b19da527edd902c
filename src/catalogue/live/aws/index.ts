import type { Restatement } from '../restatement.ts';
import { EBS_RESTATEMENTS } from './ebs.ts';
import { S3_RESTATEMENTS } from './s3.ts';

/** Every type of AWS Config that the catalogue can tell in the words of Terraform, by family. */
export const AWS_RESTATEMENTS: readonly Restatement[] = [...EBS_RESTATEMENTS, ...S3_RESTATEMENTS];
