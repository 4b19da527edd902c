import { z } from 'zod';

const rate = z.strictObject({
  perSecond: z.number().positive().max(100),
  burst: z.number().int().positive().max(100),
});

/** What `inventories:` of portcullis.yaml takes for `type: google`. */
export const googleSettings = z.strictObject({
  type: z.literal('google'),
  name: z.string().min(1),
  /** Where to look; everything below counts. */
  scopes: z
    .array(
      z
        .string()
        .regex(
          /^(organizations\/\d+|folders\/\d+|projects\/[a-z0-9][a-z0-9.:-]*)$/,
          'a scope is organizations/<number>, folders/<number> or projects/<id>',
        ),
    )
    .min(1),
  /** Globs over project ids: only these of what the scopes hold. */
  projects: z.array(z.string().min(1)).min(1).optional(),
  /** The project whose quota is used and billed; needed with the credentials of a person. */
  quotaProject: z.string().min(1).optional(),
  /** Another place that speaks Google's APIs, each service below a path of its own name; Asset Inventory at the top. */
  endpoint: z
    .url({ protocol: /^https?$/ })
    .refine(isPrivate, 'http is for this machine alone: credentials would travel in the open')
    .optional(),
  /**
   * Names the variable of the environment that holds an access token made by somebody else, as pipelines have it. Absent:
   * Google's application default credentials.
   */
  tokenVariable: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*$/)
    .optional(),
  /** Calls to Asset Inventory, where its quota was raised or is shared with others. */
  rate: z.strictObject({ search: rate.optional(), list: rate.optional() }).optional(),
});

export type GoogleSettings = z.infer<typeof googleSettings>;

function isPrivate(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

const labels = z.record(z.string(), z.string());
/** The client's decoder answers '' or null for what is absent. */
const text = z
  .string()
  .nullish()
  .transform((value) => (value === '' || value === null ? undefined : value));
/** `google.protobuf.Timestamp` as the client gives it. */
const timestamp = z
  .object({ seconds: z.union([z.string(), z.number()]), nanos: z.number().nullish() })
  .nullish()
  .transform((value) => {
    const seconds = Number(value?.seconds ?? Number.NaN);
    return Number.isFinite(seconds) && seconds > 0
      ? new Date(seconds * 1000 + Math.trunc((value?.nanos ?? 0) / 1e6)).toISOString()
      : undefined;
  });

/** `ResourceSearchResult`: what the index tells of a resource. */
export const searchResult = z.object({
  name: z.string().startsWith('//'),
  assetType: z.string().min(1),
  project: text,
  location: text,
  labels: labels.nullish(),
  createTime: timestamp,
  parentFullResourceName: text,
  additionalAttributes: z.unknown(),
});
export type SearchResult = z.infer<typeof searchResult>;

/** `Asset` with content type RESOURCE; `data` is the resource in the words of its own API, as a protobuf Struct. */
export const asset = z.object({
  name: z.string().startsWith('//'),
  assetType: z.string().min(1),
  ancestors: z.array(z.string()).nullish(),
  resource: z.object({ location: text, parent: text, data: z.unknown() }).nullish(),
});
export type Asset = z.infer<typeof asset>;

export const searchAnswer = z.object({
  results: z.array(searchResult).nullish(),
  nextPageToken: text,
});
export const listAnswer = z.object({
  assets: z.array(asset).nullish(),
  nextPageToken: text,
  readTime: timestamp,
});
