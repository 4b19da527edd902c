import type { Dialect } from '../sources/source.ts';
import { AWS_KINDS } from './aws/index.ts';
import { AZURE_KINDS } from './azure/index.ts';
import { GOOGLE_KINDS } from './google/index.ts';
import type { Kind, Shape } from './kind.ts';
import { KUBERNETES_KINDS } from './kubernetes/index.ts';

/** Every kind that Portcullis knows, across providers. */
export const KINDS: readonly Kind[] = [
  ...AWS_KINDS,
  ...AZURE_KINDS,
  ...GOOGLE_KINDS,
  ...KUBERNETES_KINDS,
];

/** One dialect's shape of a kind, found by native type. */
interface KnownShape {
  readonly kind: string;
  readonly shape: Shape;
}

const SHAPES: ReadonlyMap<string, ReadonlyMap<string, KnownShape>> = byDialect();

function byDialect(): Map<string, Map<string, KnownShape>> {
  const found = new Map<string, Map<string, KnownShape>>();
  for (const { kind, shapes } of KINDS)
    for (const [dialect, shape] of Object.entries(shapes)) {
      const types = found.get(dialect) ?? new Map<string, KnownShape>();
      found.set(dialect, types);
      for (const type of shape.types) types.set(typeKey(type), { kind, shape });
    }
  return found;
}

/** The shape of a native type, or undefined where the catalogue has none. */
export function findShape(dialect: Dialect, type: string): KnownShape | undefined {
  const types = SHAPES.get(dialect);
  return types?.get(type) ?? types?.get(typeKey(type));
}

/**
 * What a type is known by. A Kubernetes kind is the same in every version of its group, so `apps/v1/Deployment` and
 * `apps/Deployment`, `v1/Pod` and `Pod` are one.
 */
export function typeKey(type: string): string {
  return type.replace(/(^|\/)v\d+(?:(?:alpha|beta)\d+)?\//, '$1');
}
