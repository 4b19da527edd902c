import { describe, expect, it } from 'vitest';

import { completeResource, parseExamples } from '../../../../src/cli/policy/examples/schema.ts';

const GOOD = 'good:\n  - name: fine\n    resources: [{ kind: aws.s3.bucket }]\n';
const BAD =
  'bad:\n  - name: not fine\n    resources: [{ kind: aws.s3.bucket }]\n    violations: [{ address: example.0, path: tags.owner }]\n';

describe('parseExamples', () => {
  it('reads examples and knows their lines', () => {
    const parsed = parseExamples(GOOD + BAD, 'examples.yaml');
    expect(parsed.ok && parsed.lineOf(['bad', 0])).toBe(5);
    expect(parsed).toMatchObject({ ok: true, value: { unknown: [], 'not-applicable': [] } });
  });

  it.each([
    ['no bad example', GOOD, 1, 'Invalid input: expected array, received undefined'],
    [
      'a misspelt field of a resource',
      GOOD.replace('kind', 'taggs: {}, kind') + BAD,
      3,
      'unknown key taggs',
    ],
    [
      'a bad example without violations',
      `${GOOD}bad:\n  - name: x\n    resources: [{ kind: a.b }]\n`,
      5,
      'Invalid input: expected array, received undefined',
    ],
    ['a key twice', `${GOOD}    name: again\n${BAD}`, 4, 'Map keys must be unique'],
    [
      'what is no YAML',
      'good: [',
      1,
      'Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
  ])('places %s', (_what, text, line, message) => {
    const parsed = parseExamples(text, 'examples.yaml');
    expect(parsed.ok ? [] : parsed.problems).toContainEqual({
      message: expect.stringContaining(message) as string,
      place: expect.objectContaining({ file: 'examples.yaml', line }) as unknown,
    });
  });
});

describe('completeResource', () => {
  it('fills in what the example leaves out, and nothing else', () => {
    expect(completeResource({ kind: 'aws.s3.bucket', tags: { owner: 'ada' } }, 2)).toEqual({
      address: 'example.2',
      kind: 'aws.s3.bucket',
      type: 'aws.s3.bucket',
      provider: 'aws',
      action: 'create',
      scope: {},
      tags: { owner: 'ada' },
      facts: {},
      config: {},
      unknown: [],
      sensitive: [],
    });
  });
});
