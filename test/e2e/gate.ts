import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { composeFleet } from '../../src/compose-fleet.ts';
import { compose } from '../../src/compose.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/config/schema.ts';
import type { Gateway } from '../../src/gateway.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import { startServer } from '../../src/http/server.ts';
import type { Log, LogFields } from '../../src/http/log.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A folder with one policy of the default set and one rule, and the environment of a gate that judges by them. */
export interface Place {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly dispose: () => void;
}

export function makePlace(): Place {
  const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-gate-'));
  const policies = path.join(folder, 'policies');
  cpSync(path.join(ROOT, 'policies/tagging/required'), path.join(policies, 'tagging/required'), {
    recursive: true,
  });
  for (const file of ['tags.rego', 'tags_test.rego']) {
    cpSync(path.join(ROOT, 'policies/lib', file), path.join(policies, 'lib', file));
  }
  mkdirSync(path.join(folder, 'rules'));
  writeFileSync(
    path.join(folder, 'rules/owner.yaml'),
    'rules:\n  - {id: owner, policy: PC-TAG-001, parameters: {keys: [owner]}, enforce: deny}\n',
  );
  return {
    folder,
    env: {
      PORTCULLIS_DATA: path.join(folder, 'data'),
      PORTCULLIS_POLICIES__FOLDERS: JSON.stringify([policies]),
      PORTCULLIS_RULES__FOLDERS: JSON.stringify([path.join(folder, 'rules')]),
      PORTCULLIS_SERVER__PORT: '0',
      PORTCULLIS_ENGINE__WORKERS: '1',
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function configOf(place: Place, env: Readonly<Record<string, string>> = {}): Config {
  return loadConfig({ env: { ...place.env, ...env }, cwd: place.folder });
}

/** The real gateway over the place, with its ledger. */
export async function openGateway(place: Place): Promise<Gateway> {
  return await compose(configOf(place), { record: true, remembers: true });
}

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: LogFields;
}

/** A running server of the test, and what it logged. */
export interface Served {
  readonly url: string;
  readonly lines: readonly LogLine[];
  readonly stop: () => Promise<void>;
}

/** Puts a real server before a gateway; `cloud` holds the credentials of the clouds that it sweeps. */
export async function serve(
  place: Place,
  gateway: Gateway,
  env: Readonly<Record<string, string>> = {},
  cloud: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const lines: LogLine[] = [];
  const write =
    (level: string) =>
    (message: string, fields: LogFields = {}) => {
      lines.push({ level, message, fields });
    };
  const log: Log = {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
  const metrics = createMetrics({ version: 'test', node: process.version });
  const config = configOf(place, env);
  const { fleet, reports } = await composeFleet(config, gateway, {
    env: cloud,
    warn: log.warn,
    besideDoor: true,
  });
  const server = await startServer({
    gateway,
    fleet,
    reports,
    config,
    log,
    metrics,
    version: 'test',
  });
  return {
    url: server.url,
    lines,
    stop: async () => {
      await server.stop();
      await fleet.close();
    },
  };
}

/** A plan that makes one queue, with these tags. */
export function plan(tags: Readonly<Record<string, string>> = {}, name = 'q'): string {
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.9.0',
    planned_values: { root_module: {} },
    resource_changes: [
      {
        address: `aws_sqs_queue.${name}`,
        mode: 'managed',
        type: 'aws_sqs_queue',
        name,
        provider_name: 'registry.terraform.io/hashicorp/aws',
        change: {
          actions: ['create'],
          before: null,
          after: { name, tags, tags_all: tags },
          after_unknown: { id: true },
          before_sensitive: false,
          after_sensitive: {},
        },
      },
    ],
    configuration: { root_module: {} },
  });
}

/** A review of a pod that is made, with these labels. */
export function review(labels: Readonly<Record<string, string>> = {}, dryRun = false): string {
  return JSON.stringify({
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
      kind: { group: '', version: 'v1', kind: 'ConfigMap' },
      resource: { group: '', version: 'v1', resource: 'configmaps' },
      name: 'settings',
      namespace: 'shop',
      operation: 'CREATE',
      userInfo: { username: 'ada' },
      object: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'settings', namespace: 'shop', labels },
      },
      oldObject: null,
      dryRun,
    },
  });
}
