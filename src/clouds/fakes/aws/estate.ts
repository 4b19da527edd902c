/** What there is in the fake: plain data, that a test or a demonstration writes down. */
export interface AwsEstate {
  readonly accounts: readonly AwsAccount[];
  /** Whose long-lived keys the caller has; the first account where absent. */
  readonly home?: string;
  readonly aggregators?: readonly AwsAggregator[];
}

export interface AwsAccount {
  readonly id: string;
  readonly name?: string;
  /** As Organizations tells it. */
  readonly status?: 'ACTIVE' | 'SUSPENDED';
  /** True: no role can be assumed in it. */
  readonly refuses?: boolean;
  readonly regions: readonly AwsRegion[];
}

export interface AwsRegion {
  readonly name: string;
  /** AWS Config's recorder: absent is `on`. */
  readonly recorder?: 'on' | 'stopped' | 'absent';
  /** Types that exist, and that AWS Config was not told to record. */
  readonly unrecorded?: readonly string[];
  readonly items: readonly ConfigItem[];
  /** What CloudTrail recorded here; those of services without a region stand in us-east-1. */
  readonly events?: readonly TrailEvent[];
}

/** A management event. Members are named as in the event's own text. */
export interface TrailEvent {
  readonly eventID: string;
  readonly eventName: string;
  readonly eventSource: string;
  readonly eventTime: string;
  readonly readOnly?: boolean;
  readonly errorCode?: string;
  readonly username?: string;
  readonly accessKeyId?: string;
  readonly userIdentity: Readonly<Record<string, unknown>>;
  /** The service says what it was about, and not always of which type that is. */
  readonly resources?: readonly { readonly name: string; readonly type?: string }[];
}

/** A resource, as AWS Config tells it. */
export interface ConfigItem {
  readonly arn: string;
  readonly resourceId: string;
  readonly resourceName?: string;
  readonly resourceType: string;
  /** As they are now. Absent: never tagged, and so not known to the Tagging API. Empty: tagged once. */
  readonly tags?: Readonly<Record<string, string>>;
  /** What AWS Config tells in their place: it is behind, or blind for tags of this type. */
  readonly recordedTags?: Readonly<Record<string, string>>;
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly supplementaryConfiguration?: Readonly<Record<string, unknown>>;
  readonly relationships?: readonly Relationship[];
  readonly resourceCreationTime?: string;
  readonly configurationItemCaptureTime?: string;
  readonly configurationItemStatus?: string;
  /** False: the Tagging API does not support its type. */
  readonly taggable?: boolean;
}

interface Relationship {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly relationshipName: string;
}

/** `SourceId` and so on of DescribeConfigurationAggregatorSourcesStatus; what it aggregates is the whole estate. */
export interface AwsAggregator {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly sources: readonly {
    readonly account: string;
    readonly region: string;
    readonly status: 'SUCCEEDED' | 'FAILED' | 'OUTDATED';
    readonly error?: string;
  }[];
}

/** The estate while it is written to. */
export interface AwsState {
  readonly current: () => AwsEstate;
  readonly account: (id: string) => AwsAccount | undefined;
  /** Of one account and region; global services are asked in us-east-1 and know all regions. */
  readonly items: (account: string, region: string) => readonly ConfigItem[];
  readonly find: (account: string, arn: string) => ConfigItem | undefined;
  readonly setTags: (account: string, arn: string, tags: Readonly<Record<string, string>>) => void;
}

export function createState(estate: AwsEstate): AwsState {
  let current = structuredClone(estate);
  const account = (id: string): AwsAccount | undefined =>
    current.accounts.find((one) => one.id === id);
  const every = (id: string): readonly ConfigItem[] =>
    account(id)?.regions.flatMap(({ items }) => items) ?? [];
  return {
    current: () => structuredClone(current),
    account,
    items: (id, region) => account(id)?.regions.find(({ name }) => name === region)?.items ?? [],
    find: (id, arn) => every(id).find((item) => item.arn === arn),
    setTags: (id, arn, tags) => {
      current = withItem(current, id, arn, (item) => ({ ...item, tags }));
    },
  };
}

function withItem(
  estate: AwsEstate,
  account: string,
  arn: string,
  change: (item: ConfigItem) => ConfigItem,
): AwsEstate {
  const accounts = estate.accounts.map((one) =>
    one.id !== account
      ? one
      : {
          ...one,
          regions: one.regions.map((region) => ({
            ...region,
            items: region.items.map((item) => (item.arn === arn ? change(item) : item)),
          })),
        },
  );
  return { ...estate, accounts };
}
