import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';

import type { CloudOutside } from '../adapter.ts';
import { createCaller } from '../calls/caller.ts';
import type { Rate } from '../calls/bucket.ts';
import { classifyAws, isExpiredSession } from './classify.ts';
import { assumedRole, ownCredentials } from './credentials.ts';
import type { Provider } from './credentials.ts';
import type { AwsCommand } from './permissions.ts';
import type { AwsService, AwsSettings } from './schema.ts';

/** Where a call goes. `own`: with the credentials as they are, in whatever account they belong to. */
export interface Where {
  readonly account: string;
  readonly region: string;
}
export const OWN = 'own';

interface Clients {
  readonly config: ConfigServiceClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
  readonly sts: STSClient;
  readonly organizations: OrganizationsClient;
  readonly iam: IAMClient;
  readonly cloudtrail: CloudTrailClient;
}

/** What a client's `send` takes beside the command. */
export interface Sending {
  readonly abortSignal: AbortSignal;
}

/** Calls AWS, each account with its own credentials. */
export interface AwsCalls {
  /**
   * One call, with the retries and deadlines of the caller; a session that ended early is begun again, once.
   *
   * @param options `again: false` for a write.
   * @throws CloudError
   */
  readonly call: <Service extends AwsService, T>(
    service: Service,
    command: AwsCommand,
    where: Where,
    work: (client: Clients[Service], sending: Sending) => Promise<T>,
    options: { readonly signal: AbortSignal; readonly again?: boolean },
  ) => Promise<T>;
  /** Makes sure that an account's role can be assumed. @throws CloudError */
  readonly enter: (account: string, signal: AbortSignal) => Promise<void>;
  readonly close: () => void;
}

/** AWS publishes no rates but CloudTrail's; what the others were seen to bear, and throttling slows it down. */
const RATES: Readonly<Record<AwsService, Rate>> = {
  config: { perSecond: 5, burst: 5 },
  tagging: { perSecond: 5, burst: 5 },
  sts: { perSecond: 10, burst: 20 },
  organizations: { perSecond: 2, burst: 2 },
  iam: { perSecond: 5, burst: 5 },
  // https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
  cloudtrail: { perSecond: 2, burst: 2 },
};

export function createAwsCalls(settings: AwsSettings, outside: CloudOutside): AwsCalls {
  const attemptMs = settings.attemptSeconds * 1000;
  const caller = createCaller({
    outside,
    classify: classifyAws,
    rate: (service) => rateOf(settings, service),
    attemptMs,
  });
  // Without the second setting a request that is never answered only makes a line in the log.
  const handler = new NodeHttpHandler({
    requestTimeout: attemptMs,
    connectionTimeout: attemptMs,
    throwOnRequestTimeout: true,
  });
  const pool = createPool(settings, outside, handler);
  const call: AwsCalls['call'] = async (service, command, where, work, options) => {
    const site = { ...where, service, action: command };
    const once = async () =>
      await caller.call(
        site,
        async (abortSignal) => await work(pool.client(service, where), { abortSignal }),
        options,
      );
    try {
      return await once();
    } catch (thrown) {
      // Nothing was done: the service did not know who asked.
      if (where.account === OWN || !isExpiredSession(thrown)) throw thrown;
      pool.renew(where.account);
      return await once();
    }
  };
  return {
    call,
    enter: async (account, signal) => {
      await caller.call(
        { account, region: '', service: 'sts', action: 'AssumeRole' satisfies AwsCommand },
        async () => await pool.provider(account)(),
        { signal },
      );
    },
    close: () => {
      pool.close();
      handler.destroy();
    },
  };
}

function rateOf({ rate }: AwsSettings, service: string): Rate {
  const known = SERVICES.find((one) => one === service) ?? 'config';
  return rate[known] ?? RATES[known];
}

const SERVICES = ['config', 'tagging', 'sts', 'organizations', 'iam', 'cloudtrail'] as const;

/** Clients and credentials, made when they are first wanted: one of each for an account, a region and a service. */
interface Pool {
  readonly client: <Service extends AwsService>(service: Service, where: Where) => Clients[Service];
  readonly provider: (account: string) => Provider;
  /** Forgets the session of an account. */
  readonly renew: (account: string) => void;
  readonly close: () => void;
}

function createPool(settings: AwsSettings, outside: CloudOutside, handler: NodeHttpHandler): Pool {
  const own = ownCredentials(outside);
  const providers = new Map<string, Provider>();
  const clients = new Map<string, Partial<Clients>>();
  const provider = (account: string): Provider => {
    const known = providers.get(account);
    if (known !== undefined) return known;
    const { role } = settings;
    const made =
      account === OWN || role === undefined
        ? own
        : assumedRole(settings, role, account, { own, handler, outside });
    providers.set(account, made);
    return made;
  };
  return {
    provider,
    client: (service, { account, region }) => {
      const key = `${account} ${region}`;
      const known: Partial<Clients> = clients.get(key) ?? {};
      clients.set(key, known);
      const endpoint = settings.endpoints[service];
      const made = (known[service] ??= MAKE[service]({
        region,
        credentials: provider(account),
        requestHandler: handler,
        maxAttempts: 1,
        ...(endpoint === undefined ? {} : { endpoint }),
      }));
      return made;
    },
    renew: (account) => {
      providers.delete(account);
      // The handler is shared, so the clients are let go of without being destroyed.
      for (const key of [...clients.keys()]) if (key.startsWith(`${account} `)) clients.delete(key);
    },
    close: () => {
      providers.clear();
      clients.clear();
    },
  };
}

interface ClientOptions {
  readonly region: string;
  readonly credentials: Provider;
  readonly requestHandler: NodeHttpHandler;
  readonly maxAttempts: 1;
  readonly endpoint?: string;
}

const MAKE: {
  readonly [Service in AwsService]: (options: ClientOptions) => Clients[Service];
} = {
  config: (options) => new ConfigServiceClient(options),
  tagging: (options) => new ResourceGroupsTaggingAPIClient(options),
  sts: (options) => new STSClient(options),
  organizations: (options) => new OrganizationsClient(options),
  iam: (options) => new IAMClient(options),
  cloudtrail: (options) => new CloudTrailClient(options),
};
