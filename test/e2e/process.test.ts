import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { decided, until } from './client.ts';
import { makePlace, plan } from './gate.ts';
import type { Place } from './gate.ts';

const SERVER = fileURLToPath(new URL('../../dist/server.js', import.meta.url));

const Recorded = z.object({
  events: z.array(
    z.object({ type: z.string(), subject: z.string(), body: z.record(z.string(), z.unknown()) }),
  ),
});
const RulesOf = z.object({ rules: z.object({ digest: z.string() }) });

/** The built gate as a process of its own. */
interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly exit: Promise<number | null>;
}

let place: Place;
const running = new Set<ChildProcess>();
beforeAll(() => {
  place = makePlace();
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});
afterAll(() => place.dispose());

function start(
  env: Readonly<Record<string, string>> = {},
  parameters: readonly string[] = [],
): Run {
  const child = spawn(process.execPath, [SERVER, ...parameters], {
    cwd: place.folder,
    env: { PATH: process.env['PATH'], ...place.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, output: () => text, exit: new Promise((resolve) => child.once('exit', resolve)) };
}

/** Where it listens, once it says that it is ready. */
async function ready(run: Run): Promise<string> {
  const address = () => /ready at (\S+)/.exec(run.output())?.[1];
  await until(() => address() !== undefined || run.child.exitCode !== null);
  return address() ?? expect.fail(run.output());
}

// A start compiles policies when it is the first, and other tests want the same two cores.
describe('the gate as a process', { timeout: 180_000 }, () => {
  it('says where it is, where data lies, what it judges by, and a line to try; and stops with 0', async () => {
    const run = start();
    const url = await ready(run);
    expect(run.output()).toContain(path.join(place.folder, 'data'));
    expect(run.output()).toMatch(/1 policy, 1 rule/);
    expect(run.output()).toMatch(/curl .*--data-binary @\S+ http/);
    await decided(
      await fetch(`${url}/v1/decisions`, {
        method: 'POST',
        body: plan(),
        headers: { 'content-type': 'application/json' },
      }),
    );
    run.child.kill('SIGTERM');
    expect(await run.exit).toBe(0);
  });

  it('keeps a second one away from its ledger, in words', async () => {
    const first = start();
    await ready(first);
    const second = start();
    expect(await second.exit).toBe(1);
    expect(second.output()).toContain(`is in use by process ${first.child.pid}`);
  });

  it('has on record by what it judges, what of it changed, and what it would not start with', async () => {
    const own = makePlace();
    const rules = path.join(own.folder, 'rules/owner.yaml');
    const right = readFileSync(rules, 'utf8');
    const env = { ...own.env, PORTCULLIS_RULES__FOLDERS: JSON.stringify([path.dirname(rules)]) };
    const wrong = async () => {
      writeFileSync(rules, right.replace('PC-TAG-001', 'PC-NONE'));
      expect(await start(env).exit).toBe(1);
    };
    const recorded = async (text: string) => {
      writeFileSync(rules, text);
      const run = start(env);
      const answer = await fetch(`${await ready(run)}/v1/events?type=policies`);
      run.child.kill('SIGTERM');
      expect(await run.exit).toBe(0);
      return Recorded.parse(await answer.json()).events.toReversed();
    };
    await recorded(right);
    const [first, ...more] = await recorded(right);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ type: 'policies.activated', body: { rules: { count: 1 } } });
    await wrong();
    await wrong();
    const another =
      '  - {id: stage, policy: PC-TAG-001, parameters: {keys: [stage]}, enforce: warn}\n';
    const [, refused, second, ...none] = await recorded(right.replace('deny', 'warn') + another);
    expect(refused).toMatchObject({ type: 'policies.refused', subject: 'RULES_INVALID' });
    expect(refused?.body['message']).toContain('no policy PC-NONE');
    expect(second?.body).toMatchObject({
      before: { rules: RulesOf.parse(first?.body).rules.digest },
      changed: { added: ['stage'], changed: ['owner'], removed: [] },
    });
    expect(none).toEqual([]);
    own.dispose();
  });

  it('does not start with a bad configuration, and says all that is bad', async () => {
    const run = start({
      PORTCULLIS_SERVER__HOST: '0.0.0.0',
      PORTCULLIS_SERVER__DEADLINE: '-1s',
      PORTCULLIS_OOPS: '1',
    });
    expect(await run.exit).toBe(1);
    expect(run.output()).toContain('3 problems');
    for (const variable of ['OOPS', 'SERVER__DEADLINE', 'SERVER__HOST'])
      expect(run.output()).toContain(`PORTCULLIS_${variable}: `);
  });

  it('does not start on a port that is taken', async () => {
    const url = await ready(start());
    const second = start({
      PORTCULLIS_SERVER__PORT: new URL(url).port,
      PORTCULLIS_DATA: path.join(place.folder, 'other'),
    });
    expect(await second.exit).toBe(1);
    expect(second.output()).toContain('EADDRINUSE');
  });

  it('takes its configuration from a file, and is ready in one line of JSON when asked to', async () => {
    const file = path.join(place.folder, 'given.yaml');
    writeFileSync(file, 'log: {format: json, level: silent}\n');
    const run = start({}, ['--config', file]);
    await until(() => run.output().includes('\n') || run.child.exitCode !== null);
    expect(JSON.parse(run.output())).toMatchObject({
      ready: true,
      policies: 1,
      rules: 1,
      data: path.join(place.folder, 'data'),
    });
  });
});

const OPENSSL = spawnSync('openssl', ['version']).status === 0;
if (!OPENSSL)
  console.warn('There is no openssl to make a certificate with: the test of TLS is skipped.');

describe.skipIf(!OPENSSL)('TLS', { timeout: 180_000 }, () => {
  it('is spoken from version 1.2 on', async () => {
    const [cert, key] = [path.join(place.folder, 'tls.crt'), path.join(place.folder, 'tls.key')];
    const made = spawnSync('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=IP:127.0.0.1',
      '-keyout',
      key,
      '-out',
      cert,
      '-days',
      '1',
    ]);
    expect([made.status, existsSync(key)]).toEqual([0, true]);
    const url = await ready(
      start({ PORTCULLIS_SERVER__TLS__CERT: cert, PORTCULLIS_SERVER__TLS__KEY: key }),
    );
    expect(url).toMatch(/^https:/);
    const status = async (maxVersion: 'TLSv1.1' | 'TLSv1.2') =>
      await new Promise<number | string | undefined>((resolve) => {
        https
          .get(
            `${url}/livez`,
            {
              rejectUnauthorized: false,
              maxVersion,
              minVersion: 'TLSv1',
              ciphers: 'DEFAULT@SECLEVEL=0',
            },
            (response) => {
              response.resume();
              resolve(response.statusCode);
            },
          )
          .on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
      });
    expect(await status('TLSv1.2')).toBe(200);
    expect(await status('TLSv1.1')).toMatch(/^E/);
  });
});
