import { describe, expect, it } from 'vitest';

import { bindParameters } from '../../../src/bindings/parameters.ts';
import { policy } from '../../rules.ts';

describe('parameters that a rule does not give', () => {
  const tags = policy({
    parameters: {
      keys: { type: 'array', items: { type: 'string' }, default: ['owner'] },
      most: { type: 'integer', minimum: 1, default: 50 },
    },
  });

  it('have the same defaults whether it gives others or none', () => {
    expect(bindParameters(tags, {})).toEqual({ ok: true, values: { keys: ['owner'], most: 50 } });
    expect(bindParameters(tags, { most: 3 })).toEqual({
      ok: true,
      values: { keys: ['owner'], most: 3 },
    });
  });

  it('are its own: what is done to them changes no other rule', () => {
    const first = bindParameters(tags, {});
    const second = bindParameters(tags, {});
    expect(first.ok && second.ok && first.values['keys']).not.toBe(
      second.ok && second.values['keys'],
    );
  });

  it('are filled in below a default, too', () => {
    const nested = policy({
      parameters: {
        size: {
          type: 'object',
          properties: { most: { type: 'integer', default: 7 } },
          default: {},
        },
      },
    });
    expect(bindParameters(nested, {})).toEqual({ ok: true, values: { size: { most: 7 } } });
  });

  it('are missed where one has no default', () => {
    const wanting = policy({ parameters: { keys: { type: 'array' } } });
    expect(bindParameters(wanting, {})).toEqual({
      ok: false,
      problems: [{ parameter: 'keys', message: "must have required property 'keys'" }],
    });
  });
});
