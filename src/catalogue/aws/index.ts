import type { Kind } from '../kind.ts';
import { S3_KINDS } from './s3.ts';

/** Every kind of AWS, by family. */
export const AWS_KINDS: readonly Kind[] = [...S3_KINDS];
