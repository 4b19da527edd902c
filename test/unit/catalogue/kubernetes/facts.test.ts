import { describe, expect, it } from 'vitest';

import { KUBERNETES_KINDS } from '../../../../src/catalogue/kubernetes/index.ts';
import { factOf, gapsIn, raw, resolveCase, resolved } from '../../../builders.ts';
import type { FactCase, FactTable } from '../../../builders.ts';
import { inBothDialects } from './dialects.ts';
import { API_TABLES } from './tables.ts';

const TABLES = API_TABLES.flatMap(inBothDialects);

describe('facts of Kubernetes kinds', () => {
  describe.each(TABLES)('$kind as $type', (table: FactTable) => {
    it.each([...table.cases])('$it', (one: FactCase) => {
      const resource = resolveCase(table, one);
      expect(resource.kind).toBe(table.kind);
      const claimed = Object.keys(one.facts) as (keyof FactCase['facts'])[];
      expect(Object.fromEntries(claimed.map((fact) => [fact, factOf(resource, fact)]))).toEqual(
        one.facts,
      );
    });
  });

  it('claims every fact of every kind, and every Terraform type', () => {
    expect(gapsIn(TABLES, KUBERNETES_KINDS)).toEqual([]);
  });
});

describe('labels and names', () => {
  it('takes labels as tags in both dialects, annotations in neither', () => {
    const metadata = { name: 'web', labels: { owner: 'shop' }, annotations: { team: 'x' } };
    const api = resolved(
      raw('apps/v1/Deployment', { metadata }, { dialect: 'kubernetes', provider: 'kubernetes' }),
    );
    const terraform = resolved(raw('kubernetes_deployment_v1', { metadata: [metadata] }));
    for (const resource of [api, terraform]) {
      expect(resource.tags).toEqual({ owner: 'shop' });
      expect(resource.facts).toMatchObject({ taggable: true, name: 'web' });
    }
  });

  it('knows an object of any version of its group, and leaves one of another group alone', () => {
    const kindOf = (type: string): string =>
      resolved(raw(type, {}, { dialect: 'kubernetes' })).kind;
    expect(kindOf('batch/v1beta1/CronJob')).toBe('kubernetes.cronjob');
    expect(kindOf('v1/Service')).toBe('kubernetes.service');
    expect(kindOf('serving.knative.dev/v1/Service')).toBe('serving.knative.dev/v1/Service');
  });

  it('has no labels to miss on what is answered and not kept', () => {
    const exec = resolved(raw('v1/PodExecOptions', { command: ['sh'] }, { dialect: 'kubernetes' }));
    expect(exec.kind).toBe('kubernetes.connection');
    expect(exec.facts['taggable']).toBeUndefined();
  });

  it('does not know the labels of a deletion that came without its object', () => {
    const gone = resolved(
      raw('v1/Secret', {}, { dialect: 'kubernetes', action: 'delete', unknown: ['metadata'] }),
    );
    expect(gone.unknown).toContain('tags');
  });
});
