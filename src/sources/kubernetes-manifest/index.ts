import { valueAt } from '../../kit/paths.ts';
import type { ParsedDocument, Source } from '../source.ts';
import { toResources } from './objects.ts';

/** Objects as they are written for `kubectl apply`: YAML or JSON, many to a stream. */
export const kubernetesManifest = {
  id: 'kubernetes-manifest',
  title: 'Kubernetes manifests (YAML or JSON)',
  hint: 'render charts and overlays first: helm template …, kubectl kustomize …',
  recognises: hasObject,
  normalise: (document) => ({ resources: toResources(document), notes: [] }),
} satisfies Source;

/** One object is enough: a stream with something foreign in it must be refused by name, not pass as unrecognised. */
function hasObject({ values }: ParsedDocument): boolean {
  return values.some(
    (value) =>
      typeof valueAt(value, ['apiVersion']) === 'string' &&
      typeof valueAt(value, ['kind']) === 'string' &&
      valueAt(value, ['kind']) !== 'AdmissionReview',
  );
}
