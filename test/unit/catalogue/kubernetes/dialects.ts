import type { FactCase, FactTable } from '../../../builders.ts';

/** What is claimed of one kind, in the words of the Kubernetes API. */
export interface ApiTable extends FactTable {
  /** The Terraform types that must give the same facts; none where the provider has none. */
  readonly terraform?: readonly string[];
}

/** The two names under which Terraform's provider keeps most types. */
export const both = (name: string): string[] => [name, `${name}_v1`];

/** The table as it stands, and once more for every Terraform type, with the attributes as Terraform writes them. */
export function inBothDialects(table: ApiTable): FactTable[] {
  const { kind, type, cases, terraform = [] } = table;
  return [
    { kind, type, cases: cases.map((one) => ({ ...one, details: apiDetails(one) })) },
    ...terraform.map((name) => ({ kind, type: name, cases: cases.map(asTerraform) })),
  ];
}

function apiDetails(one: FactCase): NonNullable<FactCase['details']> {
  return { ...one.details, dialect: 'kubernetes', provider: 'kubernetes' };
}

function asTerraform(one: FactCase): FactCase {
  const attributes = Object.entries(one.attributes ?? {}).map(([key, value]) => [
    word(key),
    block(key, value),
  ]);
  const unknown = (one.details?.unknown ?? []).map((path) =>
    path.split('.').map(word).join('[0].'),
  );
  return {
    ...one,
    attributes: Object.fromEntries(attributes) as Record<string, unknown>,
    details: { ...one.details, provider: 'kubernetes', unknown },
  };
}

/** Keys of these are data, not words of the schema. */
const MAPS = new Set(['labels', 'annotations', 'limits', 'requests', 'capacity', 'parameters']);

const WORDS: Readonly<Record<string, string>> = {
  containers: 'container',
  initContainers: 'init_container',
  provisioner: 'storage_provisioner',
  rules: 'rule',
  subjects: 'subject',
};

function word(key: string): string {
  return WORDS[key] ?? key.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
}

/** An object is a block: a list of one. A list of objects is the block repeated. */
function block(key: string, value: unknown): unknown {
  if (MAPS.has(key) || value === null || typeof value !== 'object') return value;
  if (!Array.isArray(value)) return [members(value)];
  return value.map((item: unknown) =>
    typeof item === 'object' && item !== null ? members(item) : item,
  );
}

function members(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [word(key), block(key, member)]),
  );
}
