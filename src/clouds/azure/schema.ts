import { z } from 'zod';

const Guid = z
  .string()
  .regex(
    /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/,
    'must be the id of a subscription',
  )
  .transform((id) => id.toLowerCase());

/** What `inventories:` takes for Azure. */
export const AzureSettings = z
  .strictObject({
    type: z.literal('azure'),
    name: z.string().min(1),
    /** The tenant whose tokens are asked for, where the credentials know several. */
    tenant: z.string().min(1).optional(),
    subscriptions: z.array(Guid).max(10_000).default([]),
    /** Names of management groups; their subscriptions are found anew in every sweep. */
    managementGroups: z
      .array(z.string().regex(/^[\w.()-]{1,90}$/, 'must be the name of a management group'))
      .max(1000)
      .default([]),
    /** Only resources in these; `global` is one of them. Subscriptions and resource groups are read wherever they are. */
    regions: z.array(z.string().regex(/^[a-z0-9]+$/, 'must be as in `westeurope`')).optional(),
    /** Another Azure Resource Manager: a sovereign cloud, a fake. */
    endpoint: z.url({ protocol: /^https$/, error: 'must be an https address' }).optional(),
    /** For which service tokens are asked for; the endpoint itself where nothing is said. */
    audience: z.url().optional(),
    /** Who vouches for the endpoint: PEM text, or the path of a file with it. */
    ca: z.string().min(1).optional(),
    /**
     * Names the variable of the environment that holds an access token made by somebody else, as pipelines have it. Absent: the
     * credentials that Azure's SDK finds by itself (a managed identity, a federated one, environment variables, `az login`).
     */
    tokenVariable: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]*$/)
      .optional(),
    /** The share of Azure's own limits that is used: 0.5 leaves half of them to others. */
    rate: z.number().min(0.01).max(1).default(1),
  })
  .refine(
    ({ subscriptions, managementGroups }) => subscriptions.length + managementGroups.length > 0,
    {
      message: 'names no subscription and no management group',
      path: ['subscriptions'],
    },
  );
export type AzureSettings = z.infer<typeof AzureSettings>;

/** An answer of Resource Graph, api-version 2022-10-01, result format objectArray. */
export const GraphAnswer = z.object({
  totalRecords: z.int().nonnegative(),
  data: z.array(z.unknown()),
  resultTruncated: z.enum(['true', 'false']),
  $skipToken: z.string().min(1).optional(),
});
export type GraphAnswer = z.infer<typeof GraphAnswer>;

/** How many resources of a type a subscription has. */
export const CountRow = z.object({
  subscriptionId: z.string(),
  type: z.string().min(1),
  /** Where it was asked for. */
  location: z.string().min(1).optional(),
  count_: z.int().nonnegative(),
});

export const SubscriptionRow = z.object({
  subscriptionId: z.string(),
  name: z.string(),
  properties: z.object({ state: z.string().optional() }).nullish(),
});

const Text = z.string().nullish();
const Anything = z.record(z.string(), z.unknown());

/** A resource, a resource group or a subscription, as Resource Graph tells it: '' and null are what is not there. */
export const ResourceRow = z.object({
  id: z.string().startsWith('/'),
  name: z.string(),
  type: z.string().min(1),
  location: Text,
  subscriptionId: z.string().min(1),
  resourceGroup: Text,
  kind: Text,
  managedBy: Text,
  sku: Anything.nullish(),
  properties: Anything.nullish(),
  identity: Anything.nullish(),
  zones: z.array(z.string()).nullish(),
  /** Read apart: a map of texts, null, or something that cannot be trusted. */
  tags: z.unknown().optional(),
});
export type ResourceRow = z.infer<typeof ResourceRow>;

export const TagMap = z.record(z.string(), z.string());

/** The error body of Azure Resource Manager. */
export const ArmErrorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string().optional(),
    details: z.array(z.object({ code: z.string().optional() })).optional(),
  }),
});

export type ArmErrorBody = z.infer<typeof ArmErrorBody>;

/** Where the next page of a part begins; see paging.ts. */
export const Cursor = z.strictObject({
  token: z.string().min(1),
  /** Rows of the pages before. */
  seen: z.int().nonnegative(),
  /** Digests of the tokens that were followed. */
  followed: z.array(z.string()),
});
export type Cursor = z.infer<typeof Cursor>;
