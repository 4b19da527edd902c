import type { TagLimits } from '../tagger.ts';

const KEY_LENGTH = 512;
const STORAGE_KEY_LENGTH = 128;
const VALUE_LENGTH = 256;
const FORBIDDEN = /[<>%&\\?/]/;
// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;
/** Azure keeps these for itself, in any case. */
const RESERVED = /^(?:microsoft|azure|windows)/i;
const MOST_TAGS = 50;

/** Types that take fewer tags than others do. */
const FEWER_TAGS: Readonly<Record<string, number>> = {
  'microsoft.apimanagement/service': 15,
  'microsoft.automation/automationaccounts': 15,
  'microsoft.cdn/profiles': 15,
  'microsoft.network/dnszones': 15,
  'microsoft.network/privatednszones': 15,
};

/** @see https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations */
export const AZURE_TAG_LIMITS: TagLimits = {
  // A call is about one resource; so many are written side by side.
  batch: 10,
  tags: MOST_TAGS,
  refuses: (key, value) => {
    if (key.trim() === '') return 'a tag of Azure needs a name';
    if (key.length > KEY_LENGTH)
      return `names of tags in Azure have at most ${KEY_LENGTH} characters`;
    if (value.length > VALUE_LENGTH)
      return `values of tags in Azure have at most ${VALUE_LENGTH} characters`;
    if (FORBIDDEN.test(key)) return 'names of tags in Azure have none of < > % & \\ ? / in them';
    if (CONTROL.test(key)) return 'names of tags in Azure have no control characters in them';
    if (RESERVED.test(key)) return 'names that begin with microsoft, azure or windows are reserved';
    return undefined;
  },
  // Names keep the case they are first written in; that another case is the same tag is told when it is written.
  spell: (key, value) => ({ key, value }),
};

/** Why a type takes no more tags, beside the limits that hold for all. */
export function refusesForType(
  type: string,
  added: readonly string[],
  present: number,
): string | undefined {
  const name = type.toLowerCase();
  const most = FEWER_TAGS[name] ?? MOST_TAGS;
  const count = present + added.length;
  if (added.length > 0 && count > most)
    return `${name} takes at most ${most} tags, these would be ${count}`;
  if (name === 'microsoft.storage/storageaccounts' && added.some(isTooLong))
    return `names of tags of storage accounts have at most ${STORAGE_KEY_LENGTH} characters`;
  return undefined;
}

function isTooLong(key: string): boolean {
  return key.length > STORAGE_KEY_LENGTH;
}
