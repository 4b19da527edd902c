import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { ROOT, run } from '../../e2e/cli.ts';
import type { Ran } from '../../e2e/cli.ts';

/** A Terraform working folder of the test's own, with `portcullis` and `gate.sh` on the path. */
export interface Workspace {
  readonly folder: string;
  /** Puts the configuration in place of the one before. */
  readonly write: (configuration: string) => void;
  /** Runs lines as a pipeline does: the first that fails ends it. */
  readonly sh: (script: string) => Promise<Ran>;
  readonly dispose: () => void;
}

/** @param mirror the only place that providers are taken from: no network is asked. */
export function makeWorkspace(mirror: string, files: Readonly<Record<string, string>>): Workspace {
  const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-terraform-'));
  const bin = path.join(folder, '.bin');
  mkdirSync(bin);
  const cli = path.join(ROOT, 'dist/bin.js');
  const mode = { mode: 0o755 };
  writeFileSync(path.join(bin, 'portcullis'), `#!/bin/sh\nexec node '${cli}' "$@"\n`, mode);
  const gate = path.join(ROOT, 'deploy/shell/gate.sh');
  writeFileSync(path.join(bin, 'gate.sh'), `#!/bin/sh\nexec bash '${gate}' "$@"\n`, mode);
  writeFileSync(
    path.join(folder, '.terraformrc'),
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  );
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const env = {
    PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`,
    TF_CLI_CONFIG_FILE: path.join(folder, '.terraformrc'),
    TF_IN_AUTOMATION: '1',
    TF_CLI_ARGS: '-no-color',
    CHECKPOINT_DISABLE: '1',
  };
  return {
    folder,
    write: (configuration) => writeFileSync(path.join(folder, 'main.tf'), configuration),
    sh: (script) => run('bash', ['--norc', '-euo', 'pipefail', '-c', script], { cwd: folder, env }),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
