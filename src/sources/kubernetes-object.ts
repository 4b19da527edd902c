import { z } from 'zod';

import type { RawResource } from './source.ts';

const Metadata = z.object({
  name: z.string().min(1).nullish(),
  generateName: z.string().min(1).nullish(),
  namespace: z.string().min(1).nullish(),
  deletionTimestamp: z.string().nullish(),
});

/** What of an object of the Kubernetes API names it; the rest is carried through unread. */
export const ObjectHead = z.object({
  apiVersion: z.string().min(1),
  kind: z.string().min(1),
  metadata: Metadata,
});
export type ObjectHead = z.infer<typeof ObjectHead>;

/** kubectl keeps the whole last applied object in it: of a Secret that is the secret. */
const LAST_APPLIED = 'metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]';

const SECRET_PATHS = ['data', 'stringData', LAST_APPLIED];

export interface ObjectSubject {
  readonly apiVersion: string;
  readonly kind: string;
  /** Without a name yet: the prefix it will get (`generateName`) and a star. */
  readonly name: string;
  readonly namespace: string | undefined;
}

/** `default/Deployment/web`; without a namespace `ClusterRole/admin`. */
export function addressOf({ kind, name, namespace }: Omit<ObjectSubject, 'apiVersion'>): string {
  return [namespace, kind, name].filter((part) => part !== undefined).join('/');
}

/** The name that an object has, or will have: of `generateName: web-` it is `web-*`. */
export function nameOf(metadata: ObjectHead['metadata']): string | undefined {
  if (typeof metadata.name === 'string') return metadata.name;
  return typeof metadata.generateName === 'string' ? `${metadata.generateName}*` : undefined;
}

/** The parts of a raw resource that every object of the Kubernetes API has in common. */
export function describeObject(
  subject: ObjectSubject,
  attributes: Readonly<Record<string, unknown>>,
): Omit<RawResource, 'action'> {
  const { apiVersion, kind, namespace } = subject;
  return {
    address: addressOf(subject),
    type: `${apiVersion}/${kind}`,
    provider: 'kubernetes',
    dialect: 'kubernetes',
    scope: namespace === undefined ? {} : { namespace },
    attributes,
    unknown: subject.name.endsWith('*') ? ['metadata.name'] : [],
    sensitive: kind === 'Secret' ? SECRET_PATHS : [LAST_APPLIED],
    references: [],
  };
}
