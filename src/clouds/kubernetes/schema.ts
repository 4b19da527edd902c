import { z } from 'zod';

import { isRecord } from '../../kit/record.ts';
import { InventoryName } from '../files/settings.ts';

const Globs = z.array(z.string().min(1).max(253)).min(1).max(200);

export const KubernetesSettings = z
  .strictObject({
    type: z.literal('kubernetes'),
    name: InventoryName,
    cluster: InventoryName.describe(
      'What the cluster is called in addresses and scopes; the same for good.',
    ),
    kubeconfig: z.string().min(1).optional().describe('A kubeconfig file.'),
    context: z
      .string()
      .min(1)
      .optional()
      .describe('Of the kubeconfig; without it, its current one.'),
    inCluster: z
      .boolean()
      .default(false)
      .describe('Portcullis runs in the cluster: the service account of its own pod.'),
    namespaces: z
      .strictObject({ include: Globs.optional(), exclude: Globs.optional() })
      .default({})
      .describe(
        'Globs. Names without * in include are read one by one, without a right on all namespaces.',
      ),
    kinds: Globs.optional().describe(
      'Globs over kinds (kubernetes.deployment) and types (apps/v1/Deployment), with ! those to leave out. Without it, whatever rules look at.',
    ),
    pageSize: z.int().min(1).max(500).default(500).describe('Objects in one answer.'),
  })
  .refine(({ kubeconfig, inCluster }) => (kubeconfig === undefined) === inCluster, {
    message: 'give either kubeconfig or inCluster: true',
    path: ['kubeconfig'],
  });
export type KubernetesSettings = z.infer<typeof KubernetesSettings>;

/** An object of the API, handed on as it is. */
const ApiObject = z.custom<Record<string, unknown>>(isRecord, 'expected an object');

export const ObjectList = z.object({
  metadata: z.object({
    continue: z.string().optional(),
    remainingItemCount: z.number().optional(),
  }),
  // Go writes an empty list as null.
  items: z.array(ApiObject).nullable(),
});

/** `GET /apis`. */
export const GroupList = z.object({
  groups: z.array(
    z.object({ name: z.string(), preferredVersion: z.object({ groupVersion: z.string() }) }),
  ),
});

/** `GET /api/v1`, `GET /apis/apps/v1`. */
export const ResourceList = z.object({
  resources: z.array(
    z.object({
      name: z.string(),
      namespaced: z.boolean(),
      kind: z.string(),
      verbs: z.array(z.string()).default([]),
    }),
  ),
});

/** What the API server says when it refuses. */
export const Status = z.object({
  kind: z.literal('Status'),
  message: z.string().optional(),
  reason: z.string().optional(),
});

/** Of an object: what stands over it, and who made it. */
export const Ownership = z.object({
  labels: z.record(z.string(), z.string()).nullish(),
  annotations: z.record(z.string(), z.string()).nullish(),
  creationTimestamp: z.string().nullish(),
  ownerReferences: z
    .array(
      z.object({
        apiVersion: z.string(),
        kind: z.string(),
        name: z.string(),
        controller: z.boolean().nullish(),
      }),
    )
    .nullish(),
});
export type Ownership = z.infer<typeof Ownership>;

/** Labels and version of one object; of a Secret nothing else is asked for. */
export const LabelHolder = z.object({
  metadata: z.object({
    resourceVersion: z.string().min(1),
    labels: z.record(z.string(), z.string()).nullish(),
  }),
});
