import { describe, expect, test } from 'vitest';

import { parseDocument } from '../../../src/sources/parse-document.ts';
import { SOURCES, normaliseDocument, recognise } from '../../../src/sources/registry.ts';
import type { ParsedDocument } from '../../../src/sources/source.ts';

const LIMITS = { bytes: 1_000_000, yamlBytes: 1_048_576, depth: 32, members: 10_000 };
const parse = (text: string): ParsedDocument => parseDocument(Buffer.from(text), 'thing', LIMITS);

const PLAN = '{"format_version":"1.2","resource_changes":[]}';

describe('the table of sources', () => {
  test('has ids of its own, and a hint for each', () => {
    expect(new Set(SOURCES.map(({ id }) => id)).size).toBe(SOURCES.length);
    for (const { id, title, hint } of SOURCES) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(title && hint).toBeTruthy();
    }
  });

  test.each(['7', '"text"', '[]', '[[]]', '{}', 'just words', '- a\n- b', 'a: {b: []}'])(
    'throws at nothing, and knows no %s',
    (text) => {
      const document = parse(text);
      expect(SOURCES.map((source) => source.recognises(document))).toEqual(
        SOURCES.map(() => false),
      );
    },
  );
});

describe('recognition', () => {
  test('finds the source by the document', () => {
    expect(recognise(parse(PLAN)).id).toBe('terraform-plan');
  });

  test('what nobody knows is refused, with all that is known and how to get it', () => {
    const judge = (): unknown => normaliseDocument(parse('{"hello":"world"}'));
    expect(judge).toThrow(
      expect.objectContaining({ code: 'SOURCE_UNRECOGNISED', place: { file: 'thing' } }),
    );
    for (const { id, hint } of SOURCES) {
      expect(judge).toThrow(
        expect.objectContaining({ help: expect.stringContaining(id) as string }),
      );
      expect(judge).toThrow(
        expect.objectContaining({ help: expect.stringContaining(hint) as string }),
      );
    }
  });

  test('a caller may name the source, and is not believed blindly', () => {
    expect(recognise(parse(PLAN), 'terraform-plan').id).toBe('terraform-plan');
    expect(() => recognise(parse('{"hello":"world"}'), 'terraform-plan')).toThrow(
      /not a Terraform/,
    );
    expect(() => recognise(parse(PLAN), 'no-such')).toThrow(/no source called "no-such"/);
  });

  test.each([
    [
      'a state',
      '{"version":4,"terraform_version":"1.11.4","serial":3,"lineage":"x","resources":[]}',
      /state, not a plan/,
    ],
    [
      'a state as shown',
      '{"format_version":"1.0","values":{"root_module":{}}}',
      /state, not a plan/,
    ],
    ['one line of a log', '{"@module":"terraform.ui","type":"version"}', /log of/],
  ])('%s is named', (_, text, message) => {
    expect(() => normaliseDocument(parse(text))).toThrow(message);
    expect(() => normaliseDocument(parse(text), 'terraform-plan')).toThrow(message);
  });

  test('what the door noticed is kept with what the source noted', () => {
    const { notes } = normaliseDocument(
      parse(
        '[command]terraform show\n{"format_version":"1.2","planned_values":{},"complete":false}',
      ),
    );
    expect(notes.map(({ code }) => code)).toEqual(['wrapper-line', 'plan-incomplete']);
  });
});
