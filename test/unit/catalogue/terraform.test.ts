import { describe, expect, it } from 'vitest';

import { indexDocument } from '../../../src/catalogue/document.ts';
import { UNKNOWN } from '../../../src/catalogue/facts.ts';
import {
  authored,
  firstOf,
  hasBlock,
  names,
  orNames,
  says,
  tlsVersion,
  unless,
} from '../../../src/catalogue/terraform.ts';
import type { View } from '../../../src/catalogue/view.ts';
import { raw } from '../../builders.ts';
import type { Details } from '../../builders.ts';

function view(attributes: Record<string, unknown>, details: Details = {}): View {
  const resource = raw('azurerm_lb', attributes, details);
  return authored(indexDocument([resource]).view(resource));
}

describe('reading what the author of a Terraform resource wrote', () => {
  it('takes empty text for nothing, in blocks too', () => {
    const blank = view({ sku: '', block: [{ name: '' }] });
    expect(blank.string('sku')).toBeUndefined();
    const blocks = blank.list('block');
    expect(typeof blocks === 'object' && blocks[0]?.string('name')).toBeUndefined();
  });

  it('takes what the provider will compute for nothing, and what the author left open for unknown', () => {
    expect(view({}, { computed: ['sku'] }).string('sku')).toBeUndefined();
    expect(view({}, { unknown: ['sku'] }).string('sku')).toBe(UNKNOWN);
  });

  it('prefers the newer name of an attribute', () => {
    expect(firstOf(undefined, 'old')).toBe('old');
    expect(firstOf('new', 'old')).toBe('new');
    expect(firstOf(UNKNOWN, 'old')).toBe(UNKNOWN);
  });

  it('tells a block from none', () => {
    expect(hasBlock(view({ identity: [{}] }), 'identity')).toBe(true);
    expect(hasBlock(view({ identity: [] }), 'identity')).toBe(false);
    expect(hasBlock(view({}), 'identity')).toBe(false);
    expect(hasBlock(view({}, { unknown: ['identity'] }), 'identity')).toBe(UNKNOWN);
  });

  it('is certain of a reference to something yet to be made, of the right type alone', () => {
    const key = raw('azurerm_key_vault_key', {});
    const server = raw(
      'azurerm_mssql_server',
      {},
      { unknown: ['key_id'], refers: { key_id: 'azurerm_key_vault_key.this' } },
    );
    const seen = authored(indexDocument([server, key]).view(server));
    expect(orNames(names(seen, 'key_id'), seen, 'key_id', ['azurerm_key_vault_key'])).toBe(true);
    expect(orNames(names(seen, 'key_id'), seen, 'key_id', ['azurerm_subnet'])).toBe(UNKNOWN);
    expect(orNames(false, seen, 'key_id', ['azurerm_key_vault_key'])).toBe(false);
  });

  it('compares words in any case', () => {
    expect(says('ALLOW', 'Allow')).toBe(true);
    expect(says(undefined, 'Allow')).toBe(false);
  });

  it('turns a switch round', () => {
    expect([unless(true), unless(false), unless(undefined), unless(UNKNOWN)]).toEqual([
      false,
      true,
      undefined,
      UNKNOWN,
    ]);
  });

  it.each([
    ['TLS1_2', '1.2'],
    ['Tls12', '1.2'],
    ['TLSv1_3', '1.3'],
    ['TLS_1_0', '1.0'],
    ['1.1', '1.1'],
    ['Tls', '1.0'],
    ['TLSEnforcementDisabled', '1.0'],
    ['SSLv3', undefined],
  ])('reads %s as TLS %s', (text, version) => {
    expect(tlsVersion(text)).toBe(version);
  });
});
