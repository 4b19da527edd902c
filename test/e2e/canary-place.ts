import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect } from 'vitest';

import { HOME, REGION } from '../unit/clouds/aws/estates.ts';
import { token } from './canary-documents.ts';
import { ROOT } from './cli.ts';
import { until } from './client.ts';
import { jsonLines, thing } from './fleet-place.ts';
import { makePlace } from './gate.ts';
import type { Place } from './gate.ts';

/** Says all that it sees of a resource, in every way that a policy could spell it. */
const TALKATIVE = `# METADATA
# title: Says all it sees
# description: For tests.
# custom:
#   id: PC-LEAK-001
#   severity: high
#   kinds: ["*"]
#   reads: [config, before, tags, facts]
#   remedy: Nothing.
package policies.leak.everything

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	said := json.marshal(resource)
	violation := {
		"address": resource.address,
		"path": "config",
		"message": concat(" ", [said, base64.encode(said), urlquery.encode(said), json.marshal(said)]),
		"expected": resource.tags,
		"actual": resource,
		"fix": json.marshal(object.get(resource, "before", {})),
	}
}
`;

/** A gate whose policy keeps nothing to itself, that keeps what it judged, and sweeps what answers with a token. */
export interface TalkativePlace extends Place {
  readonly close: () => void;
}

export async function makeTalkativePlace(): Promise<TalkativePlace> {
  const place = makePlace();
  const file = (name: string): string => path.join(place.folder, name);
  mkdirSync(file('policies/leak/everything'), { recursive: true });
  writeFileSync(file('policies/leak/everything/everything.rego'), TALKATIVE);
  writeFileSync(
    file('rules/leak.yaml'),
    'rules:\n  - {id: leak, policy: PC-LEAK-001, enforce: {pre-apply: deny, admission: warn, sweep: deny}}\n',
  );
  writeFileSync(
    file('cellar.jsonl'),
    jsonLines([
      thing('rack-1', { note: token('cloud-tag'), dsn: `postgres://u:${token('cloud-tag')}@db` }),
    ]),
  );
  writeFileSync(file('attic.jsonl'), `{"id": "a", "kind": ${token('inventory-line')}\n`);
  const cloud = await refusingCloud();
  const endpoints = { config: cloud.url, tagging: cloud.url, sts: cloud.url, iam: cloud.url };
  return {
    ...place,
    close: () => {
      cloud.close();
      place.dispose();
    },
    env: {
      ...place.env,
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      PORTCULLIS_POLICIES__CACHE: file('cache'),
      PORTCULLIS_LEDGER__INPUTS: 'redacted',
      PORTCULLIS_LOG__LEVEL: 'debug',
      PORTCULLIS_INVENTORIES: JSON.stringify([
        { type: 'json-lines', name: 'cellar', paths: [file('cellar.jsonl')] },
        { type: 'json-lines', name: 'attic', paths: [file('attic.jsonl')] },
        { type: 'aws', name: 'cloud', accounts: [HOME], regions: [REGION], endpoints },
      ]),
    },
  };
}

/** A cloud that quotes, in its refusal, what it was sent. */
async function refusingCloud(): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer((request, response) => {
    request.resume();
    const message = `not with ${token('cloud-error')} of https://u:${token('cloud-error')}@host`;
    const isForm = request.headers['content-type']?.includes('form') === true;
    response.writeHead(400, { 'content-type': isForm ? 'text/xml' : 'application/x-amz-json-1.1' });
    response.end(
      isForm
        ? `<ErrorResponse><Error><Code>AccessDenied</Code><Message>${message}</Message></Error></ErrorResponse>`
        : JSON.stringify({ __type: 'AccessDeniedException', message }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  const port = address === null || typeof address === 'string' ? 0 : address.port;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The built gate as a process of its own, and all that it wrote. */
export interface GateProcess {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly exit: Promise<number | null>;
  readonly url: () => Promise<string>;
}

export function startGate(place: Place, env: Readonly<Record<string, string>> = {}): GateProcess {
  const child = spawn(process.execPath, [path.join(ROOT, 'dist/server.js')], {
    cwd: place.folder,
    env: { PATH: process.env['PATH'], ...place.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return {
    child,
    output: () => text,
    exit: new Promise((resolve) => child.once('exit', resolve)),
    url: async () => {
      const address = () => /ready at (\S+)/.exec(text)?.[1];
      await until(() => address() !== undefined || child.exitCode !== null);
      return address() ?? expect.fail(text);
    },
  };
}

/** Everything in a folder, as bytes that can be searched. */
export function bytesBelow(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

/** A copy of the whole data folder: a database is in use while it is looked at. */
export function copyOf(folder: string, to: string): string {
  cpSync(folder, to, { recursive: true });
  return to;
}
