import { isRecord } from '../../../kit/record.ts';
import { json, object, text, told } from '../read.ts';
import type { LiveItem, Restated, Restatement } from '../restatement.ts';

/** A configuration item as most restatements read it. */
export interface Item {
  /** `configuration`, by the service's own names. */
  readonly own: LiveItem;
  /** `supplementaryConfiguration`: what AWS Config asks the service for besides. */
  readonly more: LiveItem;
  readonly whole: LiveItem;
}

/** As `Restated`; an attribute that is `undefined` is not told, one that is null is known to be absent. */
export type Words = Restated;

interface Rest {
  readonly sensitive?: readonly string[];
}

/**
 * A restatement of what AWS Config records. Names of properties are those of awslabs/aws-config-resource-schema unless a
 * comment says otherwise: camel case (the SDK for Java) where AWS Config asks the service's own API, as written where it
 * goes by the type's CloudFormation schema. An item without `configuration` tells nothing.
 */
export function awsItem(
  type: string,
  as: Restatement['as'],
  restate: (item: Item) => Words = () => ({ attributes: {} }),
  rest: Rest = {},
): Restatement {
  return {
    type,
    as,
    ...rest,
    restate: (whole) => {
      const own = object(whole, 'configuration');
      if (own === undefined || Object.keys(own).length === 0) return { attributes: {} };
      const more = object(whole, 'supplementaryConfiguration') ?? {};
      const { attributes, ...others } = restate({ own, more, whole });
      return { ...others, attributes: told({ ...NAMELESS, ...attributes }) };
    },
  };
}

/** Few types of Terraform have an attribute `name`; where one has, its restatement says it. */
const NAMELESS = { name: null };

/** For a type of which only the name matters. */
export function named({ whole }: Item): Words {
  return { attributes: { name: text(whole, 'resourceName') } };
}

/**
 * A policy document: null where there is none, undefined where the item does not say. What cannot be read as one stays a
 * text, of which the facts say that it is unknown.
 */
export function policyOf(value: unknown): unknown {
  if (value === undefined) return undefined;
  if (value === null || value === '') return null;
  const document = json(value) ?? json(unescaped(value));
  return isRecord(document) ? document : UNREADABLE;
}

const UNREADABLE = 'not a policy document';

/** API Gateway answers a policy with every quote escaped. */
function unescaped(value: unknown): unknown {
  return typeof value === 'string' ? `"${value}"` : undefined;
}

/**
 * The key of a service that answers with the key's ARN even where it is the one that AWS manages for the service: whose it
 * is cannot be told (undefined), unless it is an alias, a multi-Region key (AWS manages none), or of another account.
 *
 * @returns null where there is no key.
 */
export function resolvedKey(key: string | undefined, item: Item): string | null | undefined {
  if (key === undefined || key === '') return null;
  if (/(?:^|:)alias\//.test(key) || key.includes('mrk-')) return key;
  const [owner, account] = [accountOf(key), accountOf(text(item.whole, 'arn'))];
  return owner !== undefined && account !== undefined && owner !== account ? key : undefined;
}

function accountOf(arn: string | undefined): string | undefined {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn ?? '')?.[1];
}

/** One block, or none where nothing is said. */
export function block(
  found: LiveItem | undefined,
  attributes: (found: LiveItem) => LiveItem,
): readonly LiveItem[] | null {
  return found === undefined ? null : [attributes(found)];
}
