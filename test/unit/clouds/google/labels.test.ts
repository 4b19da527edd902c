import { describe, expect, it } from 'vitest';

import { RESTATEMENTS } from '../../../../src/catalogue/live/registry.ts';
import { findShape } from '../../../../src/catalogue/registry.ts';
import { labelPlace } from '../../../../src/clouds/google/labels/registry.ts';

describe('where assets keep their labels', () => {
  it('is known of every type that the catalogue says has some: else an unlabelled one would never be found', () => {
    const labelled = RESTATEMENTS['google-asset'].filter(({ as }) => {
      const types = typeof as === 'string' ? [as] : [as({}), as({ data: {} })];
      return types.some((type) => {
        const shape = findShape('terraform', type)?.shape;
        return (
          shape !== undefined &&
          shape.tags.shape !== 'none' &&
          shape.untaggable?.includes(type) !== true
        );
      });
    });
    expect(labelled.length).toBeGreaterThan(20);
    expect(
      labelled.map(({ type }) => type).filter((type) => labelPlace(type) === undefined),
    ).toEqual([]);
  });
});
