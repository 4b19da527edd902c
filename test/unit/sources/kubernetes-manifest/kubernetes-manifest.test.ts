import { readdirSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { parseDocument } from '../../../../src/sources/parse-document.ts';
import { normaliseDocument } from '../../../../src/sources/registry.ts';
import type { RawResource } from '../../../../src/sources/source.ts';
import { refusal } from '../refusal.ts';
import { readSample, samplePath, SAMPLES } from '../../../samples.ts';

const LIMITS = { bytes: 1_000_000, yamlBytes: 1_048_576, depth: 64, members: 100_000 };

describe('Kubernetes manifests', () => {
  it('become one resource an object, each with the line it begins on', () => {
    const text = [
      '# The shop.',
      'apiVersion: v1',
      'kind: Namespace',
      'metadata: {name: shop}',
      '---',
      '# Nothing but a comment.',
      '---',
      'apiVersion: apps/v1',
      'kind: Deployment',
      'metadata: {name: web, namespace: shop}',
      'spec: {replicas: 2}',
    ].join('\n');
    const resources = read(text, 'shop.yaml');
    expect(
      resources.map(({ address, type, action, location }) => [address, type, action, location]),
    ).toEqual([
      ['Namespace/shop', 'v1/Namespace', 'create', { file: 'shop.yaml', line: 2 }],
      ['shop/Deployment/web', 'apps/v1/Deployment', 'create', { file: 'shop.yaml', line: 8 }],
    ]);
    expect(resources[1]).toMatchObject({
      scope: { namespace: 'shop' },
      attributes: { spec: { replicas: 2 } },
    });
  });

  it('may be JSON', () => {
    expect(
      read('{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}'),
    ).toMatchObject([{ address: 'ConfigMap/a' }]);
  });

  it('are taken out of lists, also of lists in lists and of a list with a type of its own', () => {
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [
        {
          apiVersion: 'v1',
          kind: 'PodList',
          items: [{ metadata: { name: 'a' } }, { metadata: { name: 'b' } }],
        },
        { apiVersion: 'v1', kind: 'Service', metadata: { name: 'c' } },
      ],
    };
    expect(read(JSON.stringify(list)).map(({ address, type }) => [address, type])).toEqual([
      ['Pod/a', 'v1/Pod'],
      ['Pod/b', 'v1/Pod'],
      ['Service/c', 'v1/Service'],
    ]);
  });

  it('keep addresses of their own where names meet', () => {
    const gateway = (group: string): string =>
      JSON.stringify({ apiVersion: `${group}/v1`, kind: 'Gateway', metadata: { name: 'web' } });
    const text = `${gateway('gateway.networking.k8s.io')}\n---\n${gateway('networking.istio.io')}`;
    expect(read(`---\n${text}`).map(({ address }) => address)).toEqual([
      'Gateway/web',
      'Gateway/web (2)',
    ]);
  });

  it('may get their name later', () => {
    const [job] = read('apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: nightly-}\n');
    expect(job).toMatchObject({ address: 'Job/nightly-*', unknown: ['metadata.name'] });
  });

  it.each([
    [
      'something else in the stream',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n---\nreplicas: 3\n',
      5,
      'not a Kubernetes object',
    ],
    ['an object without a name', 'apiVersion: v1\nkind: Pod\nspec: {}\n', 1, 'no metadata.name'],
    [
      'a kustomization',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n',
      1,
      'Kustomization',
    ],
    [
      'a list of something else',
      'apiVersion: v1\nkind: List\nitems: [{name: a}]\n',
      1,
      'not a Kubernetes object',
    ],
  ])('are refused for %s, with the line', (_, text, line, message) => {
    const refused = refusal(() => read(text, 'all.yaml'));
    expect(refused.code).toBe('SOURCE_MALFORMED');
    expect(refused.message).toContain(message);
    expect(refused.place).toMatchObject({ file: 'all.yaml', line });
  });

  it('tell how to render a kustomization', () => {
    const text = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';
    expect(refusal(() => read(text)).help).toContain('kubectl kustomize');
  });

  it('are refused when lists go too deep', () => {
    let nested: unknown = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };
    for (let depth = 0; depth < 10; depth++)
      nested = { apiVersion: 'v1', kind: 'List', items: [nested] };
    expect(() => read(JSON.stringify(nested))).toThrow(
      expect.objectContaining({ code: 'SOURCE_TOO_LARGE' }),
    );
  });

  it('are not recognised in other YAML', () => {
    expect(() => read('services:\n  web: {image: nginx}\n')).toThrow(
      expect.objectContaining({ code: 'SOURCE_UNRECOGNISED' }),
    );
  });
});

describe.skipIf(SAMPLES === undefined)('real manifests', () => {
  const folders = ['kubernetes', 'istio', 'argo', 'crossplane'];
  const files = folders.flatMap((folder) =>
    SAMPLES === undefined ? [] : readdirSync(samplePath(folder)).map((file) => `${folder}/${file}`),
  );

  it.each(files)('%s', (file) => {
    const text = readSample(file).toString('utf8');
    const kinds = [...text.matchAll(/^kind: (\S+)/gm)].map(([, kind]) => kind);
    const resources = read(text, file);
    expect(resources.map(({ type }) => type.split('/').at(-1))).toEqual(kinds);
    const lines = text.split('\n');
    for (const { location } of resources) expect(lines[location!.line - 1]).toMatch(/^\w+:/);
  });
});

function read(text: string, name?: string): readonly RawResource[] {
  const normalised = normaliseDocument(parseDocument(Buffer.from(text), name, LIMITS));
  expect(normalised.source).toBe('kubernetes-manifest');
  return normalised.resources;
}
