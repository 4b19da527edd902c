import { FAKE_KEYS, startFakeAws } from '../clouds/fakes/aws/index.ts';
import type { FakeAws } from '../clouds/fakes/aws/index.ts';
import { startFakeAzure } from '../clouds/fakes/azure/index.ts';
import type { FakeAzure } from '../clouds/fakes/azure/index.ts';
import { startFakeGoogle } from '../clouds/fakes/google/index.ts';
import type { FakeGoogle } from '../clouds/fakes/google/index.ts';
import type { InventorySettings } from '../clouds/registry.ts';
import { AWS_LOCKED, AWS_READABLE, AWS_REGIONS, awsEstate } from './estate/aws.ts';
import { AZURE_SUBSCRIPTIONS, azureEstate } from './estate/azure.ts';
import { GOOGLE_ORGANIZATION, GOOGLE_PROJECTS, googleEstate } from './estate/google.ts';
import { AWS, AZURE, GOOGLE } from './faults.ts';

/** The three clouds of the demo, on this machine. */
export interface DemoClouds {
  readonly aws: FakeAws;
  readonly azure: FakeAzure;
  readonly google: FakeGoogle;
  /** How a gate reads them: `inventories:` of its configuration, and the credentials of its environment. */
  readonly inventories: readonly InventoryWords[];
  readonly credentials: Readonly<Record<string, string>>;
  /** Globs over the accounts that can be read: of the rest nobody knows how much a change would be a share of. */
  readonly readable: readonly string[];
  readonly close: () => Promise<void>;
}

type InventoryWords = Readonly<Record<string, unknown>> & {
  readonly type: InventorySettings['type'];
};

/** Whatever is written in them opens nothing but the fakes. */
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: FAKE_KEYS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: FAKE_KEYS.secretAccessKey,
  DEMO_AZURE_TOKEN: 'a-token-of-the-demo',
  DEMO_GOOGLE_TOKEN: 'a-token-of-the-demo',
} as const;

/** A call that hangs is given up after so many seconds: loopback answers at once. */
const ATTEMPT_SECONDS = 2;

export async function startClouds(clock: () => Date): Promise<DemoClouds> {
  const aws = await startFakeAws({ estate: awsEstate(), faults: AWS, clock });
  const azure = await startFakeAzure({ estate: azureEstate(), faults: AZURE, clock });
  const google = await startFakeGoogle({ estate: googleEstate(), faults: GOOGLE, clock });
  return {
    aws,
    azure,
    google,
    inventories: [awsWords(aws.url), azureWords(azure), googleWords(google.url)],
    credentials: CREDENTIALS,
    readable: [...AWS_READABLE, ...AZURE_SUBSCRIPTIONS, ...GOOGLE_PROJECTS],
    close: async () => {
      await Promise.all([aws.close(), azure.close(), google.close()]);
    },
  };
}

function awsWords(url: string): InventoryWords {
  return {
    type: 'aws',
    name: 'aws',
    accounts: [...AWS_READABLE, AWS_LOCKED],
    role: 'arn:aws:iam::{account}:role/portcullis-reader',
    regions: AWS_REGIONS,
    endpoints: { config: url, tagging: url, sts: url, organizations: url, iam: url },
    attemptSeconds: ATTEMPT_SECONDS,
  };
}

function azureWords({ url, ca }: FakeAzure): InventoryWords {
  return {
    type: 'azure',
    name: 'azure',
    subscriptions: AZURE_SUBSCRIPTIONS,
    endpoint: url,
    ca,
    tokenVariable: 'DEMO_AZURE_TOKEN',
  };
}

function googleWords(url: string): InventoryWords {
  return {
    type: 'google',
    name: 'google',
    scopes: [`organizations/${GOOGLE_ORGANIZATION}`],
    endpoint: url,
    tokenVariable: 'DEMO_GOOGLE_TOKEN',
  };
}
