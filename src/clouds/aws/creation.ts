/** What an event says that it was about; both members may be missing. */
export interface TrailResource {
  readonly ResourceType?: string | undefined;
  readonly ResourceName?: string | undefined;
}

/**
 * Verbs by which things come to be. A `Put` or an `Import` may just as well have changed what was there, and a copy names what
 * was copied as well: who is named by these may be somebody else.
 */
const VERBS = '(?:Allocate|Create|Register|Request|Restore|Run)';
/** What stands between verb and noun: `CreateElasticsearchDomain`. After `From` comes what it was made of. */
const BETWEEN = String.raw`(?:(?!From)\w)*?`;
/** What may follow the noun: a version of the API, or what it was made with. `CreateRolePolicy` makes no role. */
const AFTER = String.raw`(?:e?s)?(?:V?\d\w*|With\w+|From\w+)?`;

/** Where an event has another word than AWS Config. */
const NOUNS: Readonly<Record<string, string>> = {
  'AWS::EC2::EIP': 'Address',
  'AWS::EMR::Cluster': 'JobFlow',
};

/**
 * True for an event that made a thing of this type under this name. That it is about it is not enough: starting a machine
 * names the security group too.
 */
export function isCreation(
  event: string,
  resources: readonly TrailResource[],
  { type, name }: { readonly type: string; readonly name: string },
): boolean {
  return isOfType(resources, type, name) && makes(event, type);
}

/** Another type may have the same name. An event that tells no types says nothing against it. */
function isOfType(resources: readonly TrailResource[], type: string, name: string): boolean {
  const types = resources
    .filter(({ ResourceName }) => ResourceName === name)
    .flatMap(({ ResourceType }) => ResourceType ?? []);
  return types.length === 0 || types.includes(type);
}

function makes(event: string, type: string): boolean {
  const noun = NOUNS[type] ?? type.slice(type.lastIndexOf(':') + 1);
  // A type is text of the cloud; what is no word is no noun.
  if (!/^\w+$/.test(noun)) return false;
  return new RegExp(`^${VERBS}${BETWEEN}${noun}${AFTER}$`, 'i').test(event);
}
