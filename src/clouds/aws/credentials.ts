import { fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import type { NodeHttpHandler } from '@smithy/node-http-handler';

import type { CloudOutside } from '../adapter.ts';
import type { AwsSettings } from './schema.ts';

/** Who asks: a function that the SDK calls before it signs. */
export type Provider = () => Promise<Identity>;

export interface Identity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** So long before they end credentials are not used any more: a call that waits for its turn must still be able to use them. */
const MARGIN_MS = 5 * 60_000;

/** The keys of the environment; where it has none, everything else that the SDK looks for (files, SSO, roles of machines and pods). */
export function ownCredentials({ env }: CloudOutside): Provider {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (accessKeyId === undefined || secretAccessKey === undefined) return fromNodeProviderChain();
  const sessionToken = env['AWS_SESSION_TOKEN'];
  const identity = {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
  return () => Promise.resolve(identity);
}

/** The role in an account, assumed again whenever the session is about to end. */
export function assumedRole(
  settings: AwsSettings,
  role: string,
  account: string,
  from: {
    readonly own: Provider;
    readonly handler: NodeHttpHandler;
    readonly outside: CloudOutside;
  },
): Provider {
  const { externalId, sessionName, endpoints, regions } = settings;
  const assume = fromTemporaryCredentials({
    masterCredentials: from.own,
    params: {
      RoleArn: role.replace('{account}', account),
      RoleSessionName: sessionName,
      ...(externalId === undefined ? {} : { ExternalId: externalId }),
    },
    clientConfig: {
      // The endpoint of a region answers also where that of us-east-1 does not.
      ...(regions[0] === undefined ? {} : { region: regions[0] }),
      ...(endpoints.sts === undefined ? {} : { endpoint: endpoints.sts }),
      requestHandler: from.handler,
      maxAttempts: 1,
    },
  });
  return renewed(() => assume(), from.outside);
}

/** Asks again when the answer grew old, and once for all who ask at the same time. A failure is not kept. */
function renewed(ask: Provider, { clock }: CloudOutside): Provider {
  let kept: Promise<Identity> | undefined;
  const fresh = (): Promise<Identity> => {
    const asked = ask();
    kept = asked;
    asked.catch(() => {
      if (kept === asked) kept = undefined;
    });
    return asked;
  };
  return Object.assign(
    async (): Promise<Identity> => {
      const identity = await (kept ?? fresh());
      const left = (identity.expiration?.getTime() ?? Infinity) - clock().getTime();
      return left > MARGIN_MS ? identity : await fresh();
    },
    // The SDK would keep them by the machine's clock.
    { memoized: true },
  );
}
