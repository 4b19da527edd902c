import { z } from 'zod';

const Attributes = z.record(z.string(), z.unknown());

/** The operations of admission.k8s.io/v1; `*` is a word of the registration alone. */
export const OPERATIONS = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'] as const;

export const UserInfo = z.object({
  username: z.string().optional(),
  groups: z.array(z.string()).nullish(),
});

/** The request of an AdmissionReview: the fields that are read, no others. */
export const ReviewRequest = z.object({
  uid: z.string().min(1),
  kind: z.object({
    group: z.string().default(''),
    version: z.string().min(1),
    kind: z.string().min(1),
  }),
  resource: z.object({ resource: z.string().min(1) }),
  subResource: z.string().optional(),
  name: z.string().optional(),
  namespace: z.string().optional(),
  operation: z.enum(OPERATIONS),
  object: Attributes.nullish(),
  oldObject: Attributes.nullish(),
});
export type ReviewRequest = z.infer<typeof ReviewRequest>;

/** What of a review the answer needs, however wrong the rest of it is. */
export const Envelope = z.object({
  apiVersion: z.string(),
  kind: z.literal('AdmissionReview'),
  request: z.object({
    uid: z.string().min(1).max(256),
    dryRun: z.boolean().nullish(),
    operation: z.string().nullish().catch(undefined),
    userInfo: UserInfo.optional().catch(undefined),
  }),
});
