import { describe, expect, it } from 'vitest';

import { indexDocument } from '../../../src/catalogue/document.ts';
import { secretInMap, secretInPairs, secretInScripts } from '../../../src/catalogue/environment.ts';
import { UNKNOWN } from '../../../src/catalogue/facts.ts';
import type { View } from '../../../src/catalogue/view.ts';
import { raw } from '../../builders.ts';

function view(attributes: Record<string, unknown>, unknown: readonly string[] = []): View {
  const resource = raw('google_cloud_run_v2_service', attributes, { unknown });
  return indexDocument([resource]).view(resource);
}

describe('secrets in clear text among variables', () => {
  it.each([
    [{ vars: { DB_PASSWORD: 'Tr0ub4dor-and-3' } }, [], true],
    [{ vars: { 'db.password': 'Tr0ub4dor-and-3' } }, [], true],
    [{ vars: { MODE: 'fast' } }, [], false],
    [{}, [], false],
    [{}, ['vars'], UNKNOWN],
    [{ vars: {} }, ['vars.DB_PASSWORD'], UNKNOWN],
    [{ vars: {} }, ['vars.DB_HOST'], false],
    [{ vars: { API_KEY: 'Tr0ub4dor-and-3' } }, ['vars.DB_PASSWORD'], true],
  ])('%j with %j yet to come', (attributes, unknown, expected) => {
    expect(secretInMap(view(attributes, unknown), 'vars')).toBe(expected);
  });

  it('looks at names and values of pairs', () => {
    const pairs = view({
      env: [
        { name: 'MODE', value: 'fast' },
        { name: 'API_KEY', value: 'Tr0ub4dor-and-3' },
      ],
    });
    expect(secretInPairs(pairs.list('env'))).toBe(true);
    expect(secretInPairs(undefined)).toBe(false);
    expect(secretInPairs(UNKNOWN)).toBe(UNKNOWN);
  });

  it('looks into every script', () => {
    expect(secretInScripts(undefined, 'export API_KEY=Tr0ub4dor-and-3')).toBe(true);
    expect(secretInScripts('echo hello', UNKNOWN)).toBe(UNKNOWN);
    expect(secretInScripts()).toBe(false);
  });
});
