import { parseDocument } from '../../../../src/sources/parse-document.ts';
import { normaliseDocument } from '../../../../src/sources/registry.ts';
import type { Normalised, RawResource } from '../../../../src/sources/source.ts';

const LIMITS = { bytes: 100_000_000, yamlBytes: 1_048_576, depth: 128, members: 5_000_000 };

const AWS = 'registry.terraform.io/hashicorp/aws';

/** A resource change; everything that is left out is as an untagged create has it. */
export interface ChangeParts {
  readonly address?: string;
  readonly module?: string;
  readonly index?: number | string;
  readonly type?: string;
  readonly name?: string;
  readonly mode?: string;
  readonly provider?: string;
  readonly actions?: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly unknown?: unknown;
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly change?: Readonly<Record<string, unknown>>;
}

export function change(parts: ChangeParts = {}): Record<string, unknown> {
  const { type = 'aws_s3_bucket', name = 'b', index, module, mode = 'managed' } = parts;
  const block = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
  const key = index === undefined ? '' : `[${JSON.stringify(index)}]`;
  return {
    address: parts.address ?? `${module === undefined ? '' : `${module}.`}${block}${key}`,
    ...(module === undefined ? {} : { module_address: module }),
    mode,
    type,
    name,
    ...(index === undefined ? {} : { index }),
    provider_name: parts.provider ?? AWS,
    change: {
      actions: parts.actions ?? ['create'],
      before: parts.before ?? null,
      after: parts.after === undefined ? {} : parts.after,
      after_unknown: parts.unknown ?? {},
      ...parts.change,
    },
    ...parts.extra,
  };
}

/** A plan of format 1.2 around some changes. */
export function plan(
  changes: readonly unknown[],
  rest: Readonly<Record<string, unknown>> = {},
): unknown {
  return { format_version: '1.2', terraform_version: '1.11.4', resource_changes: changes, ...rest };
}

/** Through the door and the registry, as every plan comes. */
export function normalise(document: unknown): Normalised & { readonly source: string } {
  const bytes = Buffer.from(JSON.stringify(document));
  return normaliseDocument(parseDocument(bytes, 'plan.json', LIMITS));
}

/** The only resource of a plan with one change. */
export function resourceOf(
  parts: ChangeParts,
  rest: Readonly<Record<string, unknown>> = {},
): RawResource {
  const [resource] = normalise(plan([change(parts)], rest)).resources;
  if (resource === undefined) throw new Error('no resource came out');
  return resource;
}

/** A block of the configuration. */
export function block(
  type: string,
  name: string,
  expressions: Readonly<Record<string, unknown>> = {},
  rest: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const [prefix, mode] = type.startsWith('data.') ? ['data.', 'data'] : ['', 'managed'];
  const bare = type.slice(prefix.length);
  return { mode, type: bare, name, provider_config_key: 'aws', expressions, ...rest };
}

/** An expression that refers; Terraform adds every shorter form of each reference. */
export function refers(...references: readonly string[]): { references: string[] } {
  return { references: references.flatMap(withShorterForms) };
}

function withShorterForms(reference: string): string[] {
  const least = /^(?:data\.)?[^.[]+\.[^.[]+/.exec(reference)?.[0] ?? reference;
  const forms = [reference];
  for (let form = reference; form.length > least.length;) {
    form = form.replace(/(?:\.[^.[\]"]+|\[(?:\d+|"(?:[^"\\]|\\.)*")\])$/, '');
    if (form.length >= least.length) forms.push(form);
  }
  return forms;
}
