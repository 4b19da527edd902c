import type { TagChange, TagLimits } from '../tagger.ts';
import { arnParts } from './regions.ts';

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html#id_tags_naming_best_practices */
const LONGEST = { key: 128, value: 256, arn: 1011 };
/** What every service takes; some take more. */
const ALPHABET = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Of TagResources: https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_TagResources.html */
export const AWS_LIMITS: TagLimits = {
  batch: 20,
  tags: 50,
  refuses: (key, value) => refusedKey(key) ?? refusedValue(key, value),
  spell: (key, value) => ({ key, value }),
};

function refusedKey(key: string): string | undefined {
  if (key === '') return 'a tag needs a key';
  if (Array.from(key).length > LONGEST.key) return `a key has ${LONGEST.key} characters at most`;
  if (/^aws:/i.test(key)) return `keys that begin with aws: are reserved by AWS: ${key}`;
  if (!ALPHABET.test(key)) return `a key has characters that AWS does not take: ${key}`;
  return undefined;
}

function refusedValue(key: string, value: string): string | undefined {
  if (Array.from(value).length > LONGEST.value)
    return `a value has ${LONGEST.value} characters at most (${key})`;
  if (!ALPHABET.test(value)) return `the value of ${key} has characters that AWS does not take`;
  return undefined;
}

/** Why a change cannot be written as it is, in words; such a change never reaches AWS. */
export function refusedChange({ target, set, remove }: TagChange): string | undefined {
  const { address } = target;
  const parts = arnParts(address);
  if (parts === undefined || address.length > LONGEST.arn)
    return `${address} is no ARN, and the Tagging API takes nothing else`;
  if (parts.service === 'cloudformation' && parts.resource.startsWith('stack'))
    return 'tags of a stack are changed by updating it, or it drifts and its next update takes them away';
  if (Object.keys(set).length > AWS_LIMITS.tags || remove.length > AWS_LIMITS.tags)
    return `one change has ${AWS_LIMITS.tags} tags at most`;
  for (const [key, value] of Object.entries(set)) {
    const refused = AWS_LIMITS.refuses(key, value);
    if (refused !== undefined) return refused;
  }
  // What stands there already may have an odd alphabet, and can still be removed.
  const reserved = remove.find((key) => key === '' || /^aws:/i.test(key));
  return reserved === undefined ? undefined : `AWS does not let go of this tag: ${reserved}`;
}
