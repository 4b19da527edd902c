import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { parse } from 'yaml';

import { ROOT, run } from '../cli.ts';
import type { Ran } from '../cli.ts';
import { makePlace, openGateway, serve } from '../gate.ts';

/** One plan that is denied, one that is allowed. */
export const SHOP = path.join(ROOT, 'fixtures/terraform-plan/web-shop/plan.json');
export const MENDED = path.join(ROOT, 'fixtures/terraform-plan/web-shop-mended/plan.json');

/** A file of `deploy/`, as text. */
export function deployed(name: string): string {
  return readFileSync(path.join(ROOT, 'deploy', name), 'utf8');
}

/** The same, parsed: its shape is the test's to prove. */
export function deployedYaml(name: string): unknown {
  return parse(deployed(name));
}

/** A machine of a pipeline: a folder with the plan, and commands that stand in front of the PATH. */
export interface Machine {
  readonly folder: string;
  readonly file: (name: string) => string;
  readonly sh: (script: string, env?: Readonly<Record<string, string>>) => Promise<Ran>;
  readonly dispose: () => void;
}

/** @param commands name and shell script of each command. `portcullis` is there, and is the real one. */
export function makeMachine(
  gate: RunningGate,
  commands: Readonly<Record<string, string>> = {},
): Machine {
  const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-deploy-'));
  const bin = path.join(folder, '.bin');
  mkdirSync(bin);
  const all = { portcullis: `exec node '${ROOT}dist/bin.js' "$@"`, ...commands };
  for (const [name, script] of Object.entries(all))
    writeFileSync(path.join(bin, name), `#!/bin/bash\n${script}\n`, { mode: 0o755 });
  const PATH = `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`;
  return {
    folder,
    file: (name) => readFileSync(path.join(folder, name), 'utf8'),
    sh: (script, env = {}) =>
      run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
        cwd: folder,
        env: { PATH, ...gate.env, ...env },
      }),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Stands for Terraform where only what is called, and with what, matters: notes its arguments, plans what PLAN_JSON names. */
export const NOTING_TERRAFORM = `
echo "$@" >> terraform.log
case $1 in
  plan)
    [ -z "\${PLAN_FAILS:-}" ] || exit "$PLAN_FAILS"
    for argument in "$@"; do
      case $argument in -out=*) echo binary > "\${argument#-out=}" ;; esac
    done ;;
  show)
    [ -z "\${SHOW_FAILS:-}" ] || exit "$SHOW_FAILS"
    cat "$PLAN_JSON" ;;
esac`;

export interface RunningGate {
  readonly url: string;
  /** What a command line in a machine judges by: the policies and rules of this gate. */
  readonly env: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/** A real gate over HTTP, with two rules: a resource must name its owner, and should name its team. */
export async function startGate(): Promise<RunningGate> {
  const place = makePlace();
  writeFileSync(
    path.join(place.folder, 'rules/team.yaml'),
    'rules:\n  - {id: team, policy: PC-TAG-001, parameters: {keys: [team]}, enforce: warn}\n',
  );
  const served = await serve(place, await openGateway(place));
  return {
    url: served.url,
    env: place.env,
    stop: async () => {
      await served.stop();
      place.dispose();
    },
  };
}
