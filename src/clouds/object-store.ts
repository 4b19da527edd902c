import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { S3ClientConfig } from '@aws-sdk/client-s3';

import { messageOf, PortcullisError } from '../kit/errors.ts';

const CONNECT_MS = 5_000;
const ANSWER_MS = 30_000;
const TRIES = 4;

export interface Bucket {
  readonly bucket: string;
  readonly region?: string | undefined;
  /** Of a storage that speaks S3 and is not Amazon's. */
  readonly endpoint?: string | undefined;
  /** Ends what is under way. */
  readonly signal?: AbortSignal | undefined;
}

/** Small objects of one bucket. */
export interface ObjectStore {
  /** @param most bytes that the object may have. @throws ObjectStoreError */
  readonly get: (key: string, most: number) => Promise<Buffer | 'missing' | 'too-large'>;
  /** @throws ObjectStoreError */
  readonly put: (key: string, bytes: Uint8Array, how: How) => Promise<'written' | 'there-already'>;
  readonly close: () => void;
}

export interface How {
  /** True to leave one alone that is there already, where the storage can tell. */
  readonly once: boolean;
  readonly type: string;
  readonly cache: string;
}

export class ObjectStoreError extends PortcullisError<'OBJECT_STORE'> {}

/** A bucket of Amazon S3, or of anything that speaks its protocol. Credentials are those that its SDK finds. */
export function objectStore(settings: Bucket): ObjectStore {
  const client = new S3Client(clientSettings(settings));
  const { bucket, signal } = settings;
  const underWay = signal === undefined ? {} : { abortSignal: signal };
  const at = (key: string) => ({ Bucket: bucket, Key: key });
  return {
    get: async (key, most) => {
      try {
        const object = await client.send(new GetObjectCommand(at(key)), underWay);
        if ((object.ContentLength ?? 0) > most) {
          await object.Body?.transformToWebStream().cancel();
          return 'too-large';
        }
        return Buffer.from((await object.Body?.transformToByteArray()) ?? []);
      } catch (error) {
        if (isNamed(error, 'NoSuchKey')) return 'missing';
        throw unusable(bucket, key, 'read', error);
      }
    },
    put: async (key, bytes, { once, type, cache }) => {
      const content = { Body: bytes, ContentType: type, CacheControl: cache };
      const condition = once ? { IfNoneMatch: '*' } : {};
      try {
        await client.send(new PutObjectCommand({ ...at(key), ...content, ...condition }), underWay);
        return 'written';
      } catch (error) {
        if (isNamed(error, 'PreconditionFailed')) return 'there-already';
        throw unusable(bucket, key, 'written', error);
      }
    },
    close: () => client.destroy(),
  };
}

function clientSettings({ region, endpoint }: Bucket): S3ClientConfig {
  return {
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: ANSWER_MS },
    maxAttempts: TRIES,
    ...(region === undefined ? {} : { region }),
    // Others rarely have a name for each bucket, and do not know the newer checksums.
    ...(endpoint === undefined
      ? {}
      : {
          endpoint,
          forcePathStyle: true,
          requestChecksumCalculation: 'WHEN_REQUIRED',
          responseChecksumValidation: 'WHEN_REQUIRED',
        }),
  };
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

const HELP: Readonly<Record<string, string>> = {
  AccessDenied:
    'It takes s3:GetObject and s3:PutObject below the prefix, and s3:ListBucket of the bucket: without that what is missing looks like what is forbidden.',
  NoSuchBucket: 'Make the bucket, or correct its name; it is not made by itself.',
  CredentialsProviderError:
    'Give this process credentials as the SDK of AWS looks for them: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or the role of the machine.',
  PermanentRedirect: 'The bucket is in another region: set AWS_REGION, or region beside it.',
};

function unusable(
  bucket: string,
  key: string,
  what: 'read' | 'written',
  cause: unknown,
): ObjectStoreError {
  const name = cause instanceof Error ? cause.name : '';
  const help = HELP[name];
  return new ObjectStoreError(
    'OBJECT_STORE',
    `s3://${bucket}/${key} cannot be ${what}: ${name}: ${messageOf(cause)}`,
    { cause, ...(help === undefined ? {} : { help }) },
  );
}
