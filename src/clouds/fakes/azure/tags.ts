import { z } from 'zod';

import { armError } from './answer.ts';
import type { FakeAnswer } from './answer.ts';
import type { LiveEstate } from './estate.ts';

type Tags = Readonly<Record<string, string>>;

const Patch = z.object({
  operation: z.enum(['Merge', 'Replace', 'Delete']),
  properties: z.object({ tags: z.record(z.string(), z.string()).default({}) }),
});

const MOST_TAGS = 50;
const FEWER_TAGS = 15;
const KEY_LENGTH = 512;
const STORAGE_KEY_LENGTH = 128;
const VALUE_LENGTH = 256;

/** @see https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations */
export function readTags(live: LiveEstate, scope: string): FakeAnswer {
  const tags = live.tags.get(scope.toLowerCase());
  return tags === undefined ? missing(scope) : told(scope, tags);
}

/** PATCH of tags/default: Merge, Replace or Delete. Names are one tag whatever their case; the case first stored stays. */
export function patchTags(live: LiveEstate, scope: string, body: unknown): FakeAnswer {
  const current = live.tags.get(scope.toLowerCase());
  if (current === undefined) return missing(scope);
  const patch = Patch.safeParse(body);
  if (!patch.success) return armError(400, 'InvalidRequestContent', z.prettifyError(patch.error));
  const { operation, properties } = patch.data;
  const next = changed(operation, current, properties.tags);
  const refusal = operation === 'Delete' ? undefined : refusalOf(scope, properties.tags, next);
  if (refusal !== undefined) return armError(400, ...refusal);
  live.tags.set(scope.toLowerCase(), next);
  return told(scope, next);
}

/** PUT of tags/default: what was there is gone. */
export function replaceTags(live: LiveEstate, scope: string, body: unknown): FakeAnswer {
  const parsed = z.object({ properties: z.unknown() }).safeParse(body);
  const properties = parsed.success ? parsed.data.properties : undefined;
  return patchTags(live, scope, { operation: 'Replace', properties });
}

function changed(operation: 'Merge' | 'Replace' | 'Delete', current: Tags, told: Tags): Tags {
  switch (operation) {
    case 'Replace':
      return told;
    case 'Merge':
      return Object.entries(told).reduce(merged, current);
    case 'Delete':
      return Object.fromEntries(
        Object.entries(current).filter(([key, value]) => !deletes(told, key, value)),
      );
  }
}

function merged(tags: Tags, [key, value]: readonly [string, string]): Tags {
  const stored = Object.keys(tags).find((one) => one.toLowerCase() === key.toLowerCase());
  return { ...tags, [stored ?? key]: value };
}

/** By name, or by name and value where a value is given. */
function deletes(told: Tags, key: string, value: string): boolean {
  return Object.entries(told).some(
    ([name, wanted]) =>
      name.toLowerCase() === key.toLowerCase() && (wanted === '' || wanted === value),
  );
}

function refusalOf(scope: string, told: Tags, next: Tags): [string, string] | undefined {
  const most = /\/Microsoft[.]ApiManagement\//i.test(scope) ? FEWER_TAGS : MOST_TAGS;
  if (Object.keys(next).length > most)
    return ['TagCountExceeded', `A resource can have at most ${most} tags.`];
  const longest = /\/storageAccounts\//i.test(scope) ? STORAGE_KEY_LENGTH : KEY_LENGTH;
  for (const [key, value] of Object.entries(told)) {
    if (key.length > longest) return ['TagNameTooLong', `'${key}' is longer than ${longest}.`];
    if (value.length > VALUE_LENGTH)
      return ['TagValueTooLong', `The value of '${key}' is longer than ${VALUE_LENGTH}.`];
    if (/[<>%&\\?/]/.test(key))
      return ['InvalidTagNameCharacters', `'${key}' has one of <>%&\\?/ in it.`];
    if (/^(microsoft|azure|windows)/i.test(key))
      return ['ReservedTagName', `'${key}' begins with a reserved word.`];
    if (key.trim() === '') return ['InvalidTagName', 'A tag has no name.'];
  }
  return undefined;
}

function told(scope: string, tags: Tags): FakeAnswer {
  return {
    status: 200,
    body: {
      id: `${scope}/providers/Microsoft.Resources/tags/default`,
      name: 'default',
      type: 'Microsoft.Resources/tags',
      properties: { tags },
    },
  };
}

function missing(scope: string): FakeAnswer {
  return armError(404, 'ResourceNotFound', `The resource '${scope}' was not found.`);
}
