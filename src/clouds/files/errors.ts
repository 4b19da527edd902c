import { valueAt } from '../../kit/paths.ts';
import { CloudError } from '../errors.ts';
import type { CloudErrorCode } from '../errors.ts';

const MEANINGS: Readonly<Record<string, readonly [CloudErrorCode, string]>> = {
  ENOENT: ['CLOUD_MISSING', 'is not there'],
  ENOTDIR: ['CLOUD_MISSING', 'is not there'],
  EACCES: ['CLOUD_DENIED', 'may not be read by this process'],
  EPERM: ['CLOUD_DENIED', 'may not be read by this process'],
  ELOOP: ['CLOUD_SETTINGS', 'is a link, which is not followed: name the file itself'],
  EISDIR: ['CLOUD_SETTINGS', 'is a folder'],
};

/** What a failure of the file system means. Its own message is left out: it repeats the whole call. */
export function fileError(name: string, thrown: unknown): CloudError {
  if (thrown instanceof CloudError) return thrown;
  const said = valueAt(thrown, ['code']);
  const code = typeof said === 'string' ? said : 'unknown error';
  const [meaning, words] = MEANINGS[code] ?? ['CLOUD_UNAVAILABLE', `cannot be read (${code})`];
  return new CloudError(meaning, `${name} ${words}`, { cause: thrown });
}
