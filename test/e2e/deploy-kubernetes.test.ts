import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { compose } from '../../src/compose.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Gateway } from '../../src/gateway.ts';
import { valueAt } from '../../src/kit/paths.ts';
import { parseDocument } from '../../src/sources/parse-document.ts';
import { normaliseDocument } from '../../src/sources/registry.ts';
import type { RawResource } from '../../src/sources/source.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LIMITS = { bytes: 1_000_000, yamlBytes: 1_048_576, depth: 64, members: 10_000 };
const FILES = [
  ...['namespace.yaml', 'gate.yaml', 'certificates.yaml', 'webhook.yaml'],
  // Of the role that lists secrets the default rules warn, and rightly so: it is apart for that reason.
  ...['sweep.yaml', 'sweep-role.yaml', 'repair-role.yaml'],
];

describe('the manifests of deploy/kubernetes', () => {
  let gateway: Gateway;

  beforeAll(async () => {
    // The compiled default set is kept where other tests and builds of this checkout find it again.
    const env = { PORTCULLIS_DATA: `${ROOT}.cache/gate`, PORTCULLIS_ENGINE__WORKERS: '1' };
    gateway = await compose(loadConfig({ env, cwd: ROOT }), { record: false });
  });

  afterAll(async () => await (gateway as Gateway | undefined)?.close());

  it.each(FILES)('break no default rule: %s', async (file) => {
    for (const point of ['pre-apply', 'admission'] as const) {
      const { decision, violations, warnings, unknown, failed, coverage } = await gateway.decide({
        bytes: read(file),
        name: file,
        point,
        context: {},
      });
      expect({ decision, violations, warnings, unknown, failed }).toEqual({
        decision: 'allow',
        violations: [],
        warnings: [],
        unknown: [],
        failed: [],
      });
      expect(coverage.judged).toBeGreaterThan(0);
    }
  });

  it('exclude the gate’s own namespace from the gate', () => {
    const excluded = valueAt(webhook(), [
      ...['namespaceSelector', 'matchExpressions'],
      ...[0, 'values'],
    ]);
    expect(excluded).toContain('portcullis');
    expect(excluded).toContain('kube-system');
  });

  it('say to the API server what the gate keeps to', () => {
    expect(webhook()).toMatchObject({
      admissionReviewVersions: ['v1'],
      failurePolicy: 'Fail',
      matchPolicy: 'Equivalent',
      sideEffects: 'NoneOnDryRun',
      clientConfig: {
        service: {
          namespace: 'portcullis',
          name: 'portcullis',
          path: '/v1/admission/kubernetes/validate',
        },
      },
    });
  });

  it('hand the gate a configuration that it takes', () => {
    const map = objects('gate.yaml').find(({ type }) => type === 'v1/ConfigMap');
    const text = String(valueAt(map?.attributes, ['data', 'portcullis.yaml']));
    // Only the certificate is not on this machine.
    const file = path.join(
      mkdtempSync(path.join(tmpdir(), 'portcullis-deploy-')),
      'portcullis.yaml',
    );
    writeFileSync(file, text.replaceAll(/\/etc\/portcullis\/tls\/tls\.\w+/g, file));
    const taken = loadConfig({ file, env: {}, cwd: ROOT });
    rmSync(path.dirname(file), { recursive: true });
    expect(taken.auth.anonymousAdmission).toBe(true);
    expect(taken.server).toMatchObject({ host: '0.0.0.0', port: 8443, drainDelay: 5_000 });
    expect(taken.data).toBe('/var/lib/portcullis');
  });
});

function read(file: string): Buffer {
  return readFileSync(`${ROOT}deploy/kubernetes/${file}`);
}

function objects(file: string): readonly RawResource[] {
  return normaliseDocument(parseDocument(read(file), file, LIMITS)).resources;
}

function webhook(): unknown {
  return valueAt(objects('webhook.yaml')[0]?.attributes, ['webhooks', 0]);
}
