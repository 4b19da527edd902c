import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { hclString } from '../../../src/repair/plan/code/hcl.ts';
import { planOf, requiring, subject } from './estate.ts';

const rule = (given = {}) =>
  requiring('r', ['owner'], { values: [{ constant: 'ada "the" ${first}' }], ...given });
const terraform = { managedBy: { tool: 'terraform', name: 'network' } } as const;

describe('what belongs to code', () => {
  it('is suggested as a tag block and as default tags, and not written', () => {
    const { changes, suggestions } = planOf(
      [subject('logs', {}, { ...terraform, code: 'module.data.aws_s3_bucket.logs' })],
      [rule()],
    );
    expect(changes).toEqual([]);
    expect(suggestions[0]?.code.note).toContain('Terraform (network) owns this resource');
    expect(suggestions[0]?.code.snippets.map(({ text }) => text)).toEqual([
      [
        '# module.data.aws_s3_bucket.logs',
        'tags = {',
        '  "owner" = "ada \\"the\\" $${first}"',
        '}',
      ].join('\n'),
      [
        'provider "aws" {',
        '  default_tags {',
        '    tags = {',
        '      "owner" = "ada \\"the\\" $${first}"',
        '    }',
        '  }',
        '}',
      ].join('\n'),
    ]);
  });

  it('is written live where the rule says so, and the code is told to leave it alone', () => {
    const { changes, suggestions } = planOf(
      [subject('logs', {}, { ...terraform, code: 'aws_s3_bucket.logs' })],
      [rule({ iac: 'write' })],
    );
    expect(suggestions).toEqual([]);
    expect(changes[0]?.code?.snippets.map(({ text }) => text)).toEqual([
      [
        '# aws_s3_bucket.logs',
        'lifecycle {',
        '  ignore_changes = [',
        '    tags["owner"],',
        '    tags_all["owner"],',
        '  ]',
        '}',
      ].join('\n'),
      ['provider "aws" {', '  ignore_tags {', '    keys = ["owner"]', '  }', '}'].join('\n'),
    ]);
  });

  it.each([
    ['azure', ['tags = {\n  "owner" = "ada"\n}']],
    [
      'gcp',
      [
        'labels = {\n  "owner" = "ada"\n}',
        'provider "google" {\n  default_labels = {\n    "owner" = "ada"\n  }\n}',
      ],
    ],
  ])('speaks the words of %s', (provider, texts) => {
    const one = subject('x', {}, { ...terraform, resource: { provider, address: 'x' } });
    const { suggestions } = planOf([one], [rule({ values: [{ constant: 'ada' }] })]);
    expect(suggestions[0]?.code.snippets.map(({ text }) => text.replace('# x\n', ''))).toEqual(
      texts,
    );
  });

  it('is a matter of the stack where CloudFormation made it, even where live writing is allowed', () => {
    const one = subject('a', { 'aws:cloudformation:stack-name': 'shop' });
    const { changes, suggestions } = planOf([one], [rule({ iac: 'write' })]);
    expect(changes).toEqual([]);
    expect(suggestions[0]).toMatchObject({
      managedBy: 'cloudformation shop',
      code: {
        tool: 'cloudformation',
        snippets: [{ text: 'Tags:\n  - Key: "owner"\n    Value: "ada \\"the\\" ${first}"' }],
      },
    });
  });

  it('is suggested also where nothing can write', () => {
    const { suggestions } = planOf([subject('a', {}, terraform)], [rule()], { taggers: {} });
    expect(suggestions).toHaveLength(1);
  });
});

describe('a string of HCL', () => {
  it.each([
    ['plain', '"plain"'],
    ['a "quote" and a \\', '"a \\"quote\\" and a \\\\"'],
    ['${aws_kms_key.k.arn}', '"$${aws_kms_key.k.arn}"'],
    ['%{ if true }', '"%%{ if true }"'],
    ['$${x}', '"$\\u0024{x}"'],
    ['$5 {x}', '"$5 {x}"'],
    ['two\nlines\t\r', '"two\\nlines\\t\\r"'],
    ['bell\u0007', '"bell\\u0007"'],
  ])('%j', (text, expected) => {
    expect(hclString(text)).toBe(expected);
  });

  it('never opens a template, never ends early, and says what was meant', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('$', '%', '{', '}', '"', '\\', '\n', 'a', '\u0000') }),
        (text) => {
          const written = hclString(text);
          expect(readHcl(written)).toBe(text);
        },
      ),
    );
  });
});

/** Reads a quoted template as HCL's scanner does; a template that opens, or a quote too early, is an error. */
function readHcl(source: string): string {
  let out = '';
  let rest = source.slice(1);
  while (rest !== '"') {
    const [token, meant] = take(rest, /^([$%])\1\{/, (sign) => `${sign}{`) ??
      take(rest, /^\\u([0-9a-f]{4})/, (hex) => String.fromCharCode(parseInt(hex, 16))) ??
      take(rest, /^\\([nrt"\\])/, (name) => ({ n: '\n', r: '\r', t: '\t' })[name] ?? name) ??
      take(rest, /^(?![$%]\{)([^"\\\n])/, (character) => character) ?? ['', ''];
    if (token === '') throw new Error(`HCL would not read ${source} at ${rest}`);
    out += meant;
    rest = rest.slice(token.length);
  }
  return out;
}

function take(text: string, pattern: RegExp, mean: (group: string) => string) {
  const match = pattern.exec(text);
  return match === null ? undefined : ([match[0], mean(match[1] ?? '')] as const);
}
