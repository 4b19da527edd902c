import { AssetServiceClient } from '@google-cloud/asset';
import type { z } from 'zod';

import type { CallSite, Caller } from '../calls/caller.ts';
import { CloudError } from '../errors.ts';
import type { Connection } from './connection.ts';
import { listAnswer, searchAnswer } from './schema.ts';
import type { GoogleSettings } from './schema.ts';

export type SearchPage = z.infer<typeof searchAnswer>;
export type ListPage = z.infer<typeof listAnswer>;

export interface SearchWish {
  /** `organizations/1`, `projects/shop`. */
  readonly scope: string;
  readonly assetTypes?: readonly string[];
  readonly fields: readonly string[];
  readonly pageToken: string | undefined;
}

export interface ListWish {
  readonly parent: string;
  readonly assetType: string;
  readonly pageToken: string | undefined;
}

/** Cloud Asset Inventory, in the two calls that we make of it. */
export interface Assets {
  /** The index: everything but the resources' own data. */
  readonly search: (wish: SearchWish, signal: AbortSignal) => Promise<SearchPage>;
  /** The resources themselves. */
  readonly list: (wish: ListWish, signal: AbortSignal) => Promise<ListPage>;
  readonly close: () => Promise<void>;
}

/** The most that SearchAllResources takes. */
const SEARCH_PAGE = 500;
/** ListAssets takes 1,000; whole resources make pages of many megabytes, and its quota allows for half of that. */
const LIST_PAGE = 500;
/** Ours are the caller's: the library would try again by itself, without a budget and without a look at Retry-After. */
const once = () => ({ autoPaginate: false, retry: { retryCodes: [] } });

export function createAssets(
  settings: GoogleSettings,
  connection: Connection,
  caller: Caller,
): Assets {
  let made: AssetServiceClient | undefined;
  const client = (): AssetServiceClient => (made ??= openClient(settings, connection));
  const call = async <T>(
    action: string,
    work: (client: AssetServiceClient) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> =>
    await caller.call(
      siteOf(settings, action),
      (attempt) => connection.within(attempt, () => work(client())),
      { signal },
    );
  return {
    search: async ({ scope, assetTypes, fields, pageToken }, signal) => {
      const request = {
        scope,
        pageSize: SEARCH_PAGE,
        readMask: { paths: [...fields] },
        ...(assetTypes === undefined ? {} : { assetTypes: [...assetTypes] }),
        ...(pageToken === undefined ? {} : { pageToken }),
      };
      const [, , answer] = await call(
        'SearchAllResources',
        (one) => one.searchAllResources(request, once()),
        signal,
      );
      return parsed(searchAnswer, answer, 'SearchAllResources');
    },
    list: async ({ parent, assetType, pageToken }, signal) => {
      const request = {
        parent,
        assetTypes: [assetType],
        contentType: 'RESOURCE' as const,
        pageSize: LIST_PAGE,
        ...(pageToken === undefined ? {} : { pageToken }),
      };
      const [, , answer] = await call(
        'ListAssets',
        (one) => one.listAssets(request, once()),
        signal,
      );
      return parsed(listAnswer, answer, 'ListAssets');
    },
    close: async () => {
      const open = made;
      made = undefined;
      await open?.close();
    },
  };
}

/** Asset Inventory counts calls against the project that asks, not against the one that is asked about. */
function siteOf({ name, quotaProject }: GoogleSettings, action: string): CallSite {
  return {
    account: quotaProject ?? name,
    region: 'global',
    service: action === 'ListAssets' ? 'cloudasset.list' : 'cloudasset.search',
    action,
  };
}

function openClient({ endpoint }: GoogleSettings, { auth }: Connection): AssetServiceClient {
  if (endpoint === undefined) return new AssetServiceClient({ fallback: true, auth });
  const { protocol, hostname, port } = new URL(endpoint);
  const plain = protocol === 'http:';
  return new AssetServiceClient({
    fallback: true,
    auth,
    protocol: plain ? 'http' : 'https',
    apiEndpoint: hostname,
    port: port === '' ? (plain ? 80 : 443) : Number(port),
  });
}

function parsed<T>(schema: z.ZodType<T>, answer: unknown, action: string): T {
  const { success, data } = schema.safeParse(answer);
  if (success) return data;
  throw new CloudError(
    'CLOUD_PROTOCOL',
    `Cloud Asset Inventory answered ${action} with something else than resources`,
  );
}
