import { readFileSync, readdirSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { parseDocument } from '../../../../src/sources/parse-document.ts';
import { normaliseDocument } from '../../../../src/sources/registry.ts';

const FOLDER = new URL('../../../../fixtures/terraform-plan/', import.meta.url);
const LIMITS = { bytes: 1_000_000, yamlBytes: 1_048_576, depth: 64, members: 100_000 };

const EXPECTED: Readonly<
  Record<string, [actions: Readonly<Record<string, number>>, notes: readonly string[]]>
> = {
  'azure-shop': [{ create: 6 }, []],
  'default-tags-modules': [{ create: 8 }, []],
  'google-shop': [{ create: 6 }, []],
  'import-move-forget': [{ none: 2, forget: 1 }, ['drift']],
  'machine-learning': [{ create: 5 }, []],
  'mass-deletion': [{ delete: 26, none: 1 }, []],
  'replace-database': [{ replace: 2, delete: 1 }, []],
  secrets: [{ create: 6 }, []],
  'targeted-deferred': [{ create: 2 }, ['plan-incomplete', 'changes-deferred', 'checks-failing']],
  'unknown-tags': [{ create: 6 }, []],
  'web-shop': [{ create: 21 }, []],
  'web-shop-mended': [{ create: 18 }, []],
};

describe('our own plans', () => {
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );

  test('are all expected here', () => {
    expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  test.each(Object.entries(EXPECTED))('%s', (name, [actions, notes]) => {
    const file = new URL(`${name}/plan.json`, FOLDER);
    const normalised = normaliseDocument(parseDocument(readFileSync(file), name, LIMITS));
    const counts: Record<string, number> = {};
    for (const { action } of normalised.resources) counts[action] = (counts[action] ?? 0) + 1;
    expect(counts).toEqual(actions);
    expect(normalised.notes.map(({ code }) => code)).toEqual(notes);
  });
});
