import { sha256 } from '../kit/digest.ts';

/** The same finding in two runs has the same fingerprint, wherever its document lies: policy, address and path. */
export function fingerprint(finding: { policy: string; address: string; path: string }): string {
  const { policy, address, path } = finding;
  return sha256([policy, address, path].join('\n')).slice('sha256:'.length);
}
