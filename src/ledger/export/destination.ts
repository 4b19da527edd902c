/** Where an export goes, as it is written in the configuration or on the command line. */
export interface Destination {
  /** An absolute folder, or `s3://bucket/prefix`. */
  readonly to: string;
  readonly region?: string | undefined;
  /** Of an object storage that speaks S3 and is not Amazon's. */
  readonly endpoint?: string | undefined;
}

const BUCKET = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([^?#]*))?$/;

/** True of what is no folder, rightly spelt or not. */
export function isAddress(to: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(to);
}

/** Bucket and prefix; undefined for what is no such address. */
export function parseBucket(to: string): { bucket: string; prefix: string } | undefined {
  const [, bucket, prefix = ''] = BUCKET.exec(to) ?? [];
  if (bucket === undefined) return undefined;
  const trimmed = prefix.replace(/^\/+|\/+$/g, '');
  return { bucket, prefix: trimmed === '' ? '' : `${trimmed}/` };
}
