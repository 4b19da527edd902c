import { z } from 'zod';

import type { OperationStyle } from './service.ts';

/**
 * Operations of three styles: `google.longrunning.Operation` (`{name, done, error}`), those of Compute and Cloud SQL
 * (`{name, status: DONE, error: {errors}}`) and those of GKE (`{name, status: DONE, error: {message}}`).
 */
const operation = z.object({
  name: z.string().min(1),
  done: z.boolean().optional(),
  status: z.string().optional(),
  error: z
    .object({
      message: z.string().optional(),
      errors: z.array(z.object({ code: z.string(), message: z.string().optional() })).optional(),
    })
    .optional(),
  httpErrorStatusCode: z.number().optional(),
});

export type OperationState =
  | { readonly state: 'running' | 'done' }
  | { readonly state: 'failed'; readonly reason: string; readonly message: string };

/** How an operation stands; undefined where the answer is none. */
export function operationState(answer: unknown): OperationState | undefined {
  const { success, data } = operation.safeParse(answer);
  if (!success) return undefined;
  if (data.done !== true && data.status !== 'DONE') return { state: 'running' };
  if (data.error === undefined) return { state: 'done' };
  const first = data.error.errors?.[0];
  return {
    state: 'failed',
    reason: first?.code ?? 'OPERATION_FAILED',
    message: first?.message ?? data.error.message ?? 'the operation failed without a word',
  };
}

function nameOf(answer: unknown): string | undefined {
  const name = operation.safeParse(answer).data?.name;
  // The name becomes a path of the same service.
  return name !== undefined && /^[\w./:-]+$/.test(name) && !name.includes('..') ? name : undefined;
}

/** Beside the resource's own zone, region or globe. */
export function computeOperation(
  scope: 'zoneOperations' | 'regionOperations' | 'globalOperations',
): OperationStyle {
  return {
    pollPath: (answer, path) => {
      const place =
        /^(?<place>\/compute\/v1\/projects\/[^/]+\/(?:zones\/[^/]+|regions\/[^/]+|global))\//.exec(
          path,
        );
      const name = nameOf(answer);
      return name === undefined || place?.groups === undefined
        ? undefined
        : `${place.groups['place']}/operations/${name}`;
    },
    permission: {
      action: `compute.${scope}.get`,
      why: 'sees whether a change of labels is through',
    },
  };
}

/** The name of the operation is its path. */
export function namedOperation(version: string, permission?: string): OperationStyle {
  return {
    pollPath: (answer) => {
      const name = nameOf(answer);
      return name === undefined ? undefined : `/${version}/${name}`;
    },
    ...(permission === undefined
      ? {}
      : {
          permission: { action: permission, why: 'sees whether a change of labels is through' },
        }),
  };
}

/** Below the resource's project or location: `/v1/projects/shop/operations/<name>`. */
export function operationBelow(parent: RegExp, permission?: string): OperationStyle {
  return {
    pollPath: (answer, path) => {
      const name = nameOf(answer);
      const place = parent.exec(path)?.[0];
      return name === undefined || place === undefined ? undefined : `${place}/operations/${name}`;
    },
    ...(permission === undefined
      ? {}
      : {
          permission: { action: permission, why: 'sees whether a change of labels is through' },
        }),
  };
}
