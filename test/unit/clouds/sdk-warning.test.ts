import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

import { silenceNodeVersionWarning } from '../../../src/clouds/sdk-warning.ts';

/** What a process of its own says on stderr: the SDK warns once a process. */
const PROGRAM = `
  const { emitWarningIfUnsupportedVersion } = await import('@aws-sdk/core/client');
  emitWarningIfUnsupportedVersion('v14.0.0');
  process.emitWarning('something else');
`;

async function saidWith(env: Record<string, string | undefined>): Promise<string> {
  const program = ['--input-type=module', '--eval', PROGRAM];
  const { stderr } = await promisify(execFile)(process.execPath, program, { env });
  return stderr;
}

describe('the word of the AWS SDK about next year', () => {
  it('is said where nobody silences it', async () => {
    expect(await saidWith({})).toContain('NodeVersionSupportWarning');
  });

  it('is not said, and other warnings are', async () => {
    const env = {};
    silenceNodeVersionWarning(env);
    const said = await saidWith(env);
    expect(said).not.toContain('NodeVersionSupportWarning');
    expect(said).toContain('something else');
  });

  it('is left to whoever wants it', () => {
    const env = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'false' };
    silenceNodeVersionWarning(env);
    expect(env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED).toBe('false');
  });
});
