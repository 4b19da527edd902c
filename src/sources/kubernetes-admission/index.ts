import type { ParsedDocument, Source } from '../source.ts';
import { toResource } from './resource.ts';
import { parseReview } from './review.ts';

/** A request to a cluster, as its API server asks an admission webhook about it. */
export const kubernetesAdmission = {
  id: 'kubernetes-admission',
  title: 'Kubernetes AdmissionReview',
  hint: 'register the gate as a validating webhook, as deploy/kubernetes shows',
  recognises: isReview,
  normalise: ({ values }) => ({ resources: [toResource(parseReview(values[0]))], notes: [] }),
} satisfies Source;

function isReview({ values }: ParsedDocument): boolean {
  const [value] = values;
  return (
    values.length === 1 &&
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    value.kind === 'AdmissionReview'
  );
}
