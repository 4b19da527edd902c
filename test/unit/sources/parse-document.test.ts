import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { SourceError } from '../../../src/sources/errors.ts';
import type { SourceErrorCode } from '../../../src/sources/errors.ts';
import { parseDocument } from '../../../src/sources/parse-document.ts';
import type { ParsedDocument } from '../../../src/sources/source.ts';

const LIMITS = { bytes: 1_000_000, yamlBytes: 500_000, depth: 32, members: 10_000 };

function parse(content: string | Uint8Array, limits = LIMITS): ParsedDocument {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return parseDocument(bytes, 'plan.json', limits);
}

function refusal(content: string | Uint8Array, limits = LIMITS): SourceError {
  try {
    parse(content, limits);
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
  throw new Error('it was let in');
}

describe('what comes in', () => {
  test('JSON by its first character, white space and a byte order mark aside', () => {
    expect(parse('\ufeff \n{"a": [1, "x", null, true]}')).toEqual({
      name: 'plan.json',
      syntax: 'json',
      values: [{ a: [1, 'x', null, true] }],
      notes: [],
    });
  });

  test('anything else as YAML, each document with the line it begins on', () => {
    const { syntax, values, lines } = parse('# two\nkind: Pod\n---\n---\nkind: Service\n');
    expect({ syntax, values, lines }).toEqual({
      syntax: 'yaml',
      values: [{ kind: 'Pod' }, { kind: 'Service' }],
      lines: [2, 5],
    });
  });

  test('the line of a wrapper before the JSON is left out, and noted', () => {
    const { values, notes } = parse('[command]/usr/bin/terraform-bin show -json tfplan\n{"a":1}\n');
    expect(values).toEqual([{ a: 1 }]);
    expect(notes?.map(({ code }) => code)).toEqual(['wrapper-line']);
  });

  test('whole numbers that a double cannot hold are noted', () => {
    const codes = (text: string): string[] | undefined =>
      parse(text).notes?.map(({ code }) => code);
    expect(codes('{"a": 9007199254740993}')).toEqual(['numbers-rounded']);
    expect(codes('{"a": 9007199254740991}')).toEqual([]);
    expect(codes('a: 9007199254740993')).toEqual(['numbers-rounded']);
  });

  test('a key twice with one value is noted: nobody can disagree about it', () => {
    const { values, notes } = parse('{"a": {"b": [1]}, "a": {"b": [1]}}');
    expect(values).toEqual([{ a: { b: [1] } }]);
    expect(notes?.map(({ code }) => code)).toEqual(['keys-repeated']);
  });
});

describe('what is refused', () => {
  test.each<[string, string | Uint8Array, SourceErrorCode, RegExp]>([
    ['nothing', '', 'SOURCE_MALFORMED', /empty/],
    ['blank', ' \n\t', 'SOURCE_MALFORMED', /empty/],
    ['only comments', '# nothing\n---\n', 'SOURCE_MALFORMED', /empty/],
    [
      'cut off in a list',
      '{"a": [1,\n 2',
      'SOURCE_MALFORMED',
      /ends in the middle, at line 2, column 3/,
    ],
    ['cut off in a string', '{"a": "x', 'SOURCE_MALFORMED', /ends in the middle/],
    ['cut off in a word', '{"a": tru', 'SOURCE_MALFORMED', /ends in the middle/],
    [
      'more after the end',
      '{"a": 1}\n{"b": 2}',
      'SOURCE_MALFORMED',
      /follows the end of the JSON, at line 2, column 1/,
    ],
    ['a comma too many', '{"a": 1,\n}', 'SOURCE_MALFORMED', /not valid JSON, at line 2, column 1/],
    ['a wrong escape', '{"a": "\\x"}', 'SOURCE_MALFORMED', /not valid JSON, at line 1, column 7/],
    [
      'a key twice',
      '{"a": 1,\n "a": 2}',
      'SOURCE_MALFORMED',
      /"a" stands twice in one object.*line 2, column 2/,
    ],
    [
      'a key twice, spelt differently',
      '{"a": 1, "\\u0061": 2}',
      'SOURCE_MALFORMED',
      /"a" stands twice/,
    ],
    ['__proto__', '{"__proto__": {"admin": true}}', 'SOURCE_MALFORMED', /__proto__/],
    ['__proto__, escaped', '{"\\u005f_proto__": 1}', 'SOURCE_MALFORMED', /__proto__/],
    ['infinity', '{"a": 1e400}', 'SOURCE_MALFORMED', /too large/],
    ['half a surrogate pair', '{"a": "\\ud83d"}', 'SOURCE_MALFORMED', /surrogate/],
    ['half a surrogate pair as a key', '{"\\uDE00": 1}', 'SOURCE_MALFORMED', /surrogate/],
    ['UTF-16', Buffer.from('{"a":1}', 'utf16le'), 'SOURCE_MALFORMED', /UTF-16/],
    ['UTF-16 with a mark', Buffer.from('\ufeff{"a":1}', 'utf16le'), 'SOURCE_MALFORMED', /UTF-16/],
    [
      'bytes that are no UTF-8',
      Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]),
      'SOURCE_MALFORMED',
      /UTF-8/,
    ],
    [
      'a log for user interfaces',
      '{"@level":"info","@module":"terraform.ui"}\n{"@level":"info"}',
      'SOURCE_UNUSABLE',
      /log of/,
    ],
    ['configuration', '# web\nresource "aws_s3_bucket" "b" {\n}', 'SOURCE_UNUSABLE', /HCL/],
    [
      'what a terminal showed',
      'Terraform used the selected providers to generate',
      'SOURCE_UNUSABLE',
      /terminal/,
    ],
    ['gzip', Buffer.from([0x1f, 0x8b, 0x08]), 'SOURCE_UNUSABLE', /gzip/],
    ['too many bytes', `"${'x'.repeat(1_000_000)}"`, 'SOURCE_TOO_LARGE', /the limit is 1000000/],
    [
      'too much YAML',
      `a: ${'x'.repeat(500_000)}`,
      'SOURCE_TOO_LARGE',
      /the limit is 500000 bytes of YAML/,
    ],
    ['too deep', '['.repeat(400_000), 'SOURCE_TOO_LARGE', /deeper than 32/],
    ['too many members', `[${'0,'.repeat(10_000)}0]`, 'SOURCE_TOO_LARGE', /more than 10000/],
    [
      'YAML that is too deep',
      '['.repeat(400_000).replace('[', '- ['),
      'SOURCE_TOO_LARGE',
      /deeper than 32/,
    ],
    ['YAML that is too deep by indentation', nestedYaml(200), 'SOURCE_TOO_LARGE', /deeper than 32/],
    [
      'YAML with a key twice',
      'a: 1\nb: 2\na: 3',
      'SOURCE_MALFORMED',
      /"a" stands twice.*line 3, column 1/,
    ],
    [
      'YAML with a key twice, as text and number',
      '1: a\n"1": b',
      'SOURCE_MALFORMED',
      /"1" stands twice/,
    ],
    ['YAML with a list as a key', '? [a]\n: 1', 'SOURCE_MALFORMED', /not a plain value/],
    ['YAML with a syntax error', 'a: 1\n b: 2', 'SOURCE_MALFORMED', /line \d, column \d/],
    ['YAML with an unknown alias', 'a: *b', 'SOURCE_MALFORMED', /alias/],
    ['YAML infinity', 'a: .inf', 'SOURCE_MALFORMED', /too large/],
    ['a YAML cycle', 'a: &a [*a]', 'SOURCE_TOO_LARGE', /deeper/],
    ['aliases that unfold without end', laughs(), 'SOURCE_TOO_LARGE', /aliases|more than/],
  ])('%s', (_, content, code, message) => {
    const error = refusal(content);
    expect(error.message).toMatch(message);
    expect({ code: error.code, file: error.place?.file }).toEqual({ code, file: 'plan.json' });
  });

  test('no message quotes the document: what stands beside an error may be a password', () => {
    const secret = 'hunter2-hunter2';
    const broken = [
      `{"password": "${secret}" "next": 1}`,
      `{"password": ${secret}}`,
      `{"password": "${secret}`,
      `password: "${secret}\nnext: 1`,
      `password: ${secret}\n next: ${secret}: x`,
      `${secret}: &a\n  *b`,
    ];
    for (const text of broken) {
      const error = refusal(text);
      expect(JSON.stringify([error.message, error.help, error.place])).not.toContain(secret);
      expect(error.cause).toBeUndefined();
    }
  });

  test('a repeated key of great length is shown in part', () => {
    const key = 'k'.repeat(500);
    expect(refusal(`{"${key}":1,"${key}":2}`).message.length).toBeLessThan(200);
  });

  test('YAML has a limit of its own, since parsing it is slow', () => {
    const error = refusal(`a: ${'x'.repeat(1_100_000)}`, { ...LIMITS, bytes: 10_000_000 });
    expect(error.message).toMatch(/500000 bytes of YAML/);
  });
});

describe('YAML reads as Kubernetes tools read it', () => {
  test.each([
    ['yes', true],
    ['off', false],
    ['0644', 420],
    ['"0644"', '0644'],
    ['2026-11-22', '2026-11-22'],
    ['12:30:45', '12:30:45'],
    ['!!binary aGk=', 'aGk='],
    ['1_000', 1000],
  ])('%s', (text, expected) => {
    expect(parse(`a: ${text}`).values).toEqual([{ a: expected }]);
  });

  test('a directive cannot change that', () => {
    expect(parse('%YAML 1.2\n---\nprivileged: yes\n').values).toEqual([{ privileged: true }]);
  });

  test('merge keys and aliases are resolved', () => {
    expect(parse('base: &b {x: 1}\nown: {<<: *b, z: 2}\nsame: *b').values).toEqual([
      { base: { x: 1 }, own: { x: 1, z: 2 }, same: { x: 1 } },
    ]);
  });

  test('a mapping of many keys does not take the square of their number', () => {
    const keys = Array.from({ length: 9_000 }, (_, at) => `k${at}: 1`).join('\n');
    expect(Object.keys(parse(keys).values[0] as object)).toHaveLength(9_000);
  });
});

describe('whatever arrives', () => {
  test('any JSON value comes through as JSON.parse has it', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())),
        (value) => {
          const text = JSON.stringify(value);
          fc.pre(!text.includes('__proto__') && !/\\ud/i.test(text));
          expect(parse(text).values).toEqual([JSON.parse(text)]);
        },
      ),
    );
  });

  test('any bytes end in a document or a SourceError', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 200 }).map((text) => new TextEncoder().encode(text)),
      fc
        .array(
          fc.constantFrom(
            '{',
            '}',
            '[',
            ']',
            '"',
            ':',
            ',',
            '\\',
            '1',
            ' ',
            '\n',
            '- ',
            '&a ',
            '*a',
            '? ',
            '|',
            '#',
            '!!x ',
          ),
        )
        .map((parts) => new TextEncoder().encode(parts.join(''))),
    );
    fc.assert(
      fc.property(bytes, (content) => {
        try {
          parse(content);
        } catch (error) {
          expect(error).toBeInstanceOf(SourceError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function nestedYaml(depth: number): string {
  return Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}a:`).join('\n');
}

/** Ten aliases of ten aliases, nine times over. */
function laughs(): string {
  const names = 'a b c d e f g h i'.split(' ');
  const lines = names.map((name, at) => {
    const item = at === 0 ? 'ha' : `*${names[at - 1]!}`;
    return `${name}: &${name} [${Array.from({ length: 10 }, () => item).join(', ')}]`;
  });
  return lines.join('\n');
}
