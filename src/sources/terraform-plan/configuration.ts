import { isRecord } from '../../kit/record.ts';
import { referencesOf, writtenPaths } from './expression.ts';
import { parseReference } from './reference-text.ts';
import type { ParsedReference } from './reference-text.ts';
import type { ConfigModule, ConfigResource, ModuleCall } from './schema.ts';

/** A block of the code. It stands for all its instances: configuration is not expanded by count and for_each. */
export interface Block {
  readonly providerKey: string | undefined;
  /** What each top-level attribute that is not constant refers to. */
  readonly attributes: ReadonlyMap<string, readonly ParsedReference[]>;
  /** What for_each iterates over. */
  readonly iteration: readonly ParsedReference[];
  /** The paths that the code sets. */
  readonly written: readonly string[];
}

/** A module of the code, with its blocks by `type.name` (data sources: `data.type.name`) and its calls by name. */
export interface ModuleNode {
  readonly blocks: ReadonlyMap<string, Block>;
  readonly calls: ReadonlyMap<string, CallNode>;
  readonly outputs: ReadonlyMap<string, readonly ParsedReference[]>;
  readonly sensitiveVariables: ReadonlySet<string>;
}

export interface CallNode {
  readonly module: ModuleNode;
  /** What the arguments of the call refer to; an argument that is constant refers to nothing. */
  readonly arguments: ReadonlyMap<string, readonly ParsedReference[]>;
  readonly iteration: readonly ParsedReference[];
}

const EMPTY: ModuleNode = {
  blocks: new Map(),
  calls: new Map(),
  outputs: new Map(),
  sensitiveVariables: new Set(),
};

/** Reads the code of a module and of all that it calls; nothing in, an empty module out. */
export function readModule(config: ConfigModule | undefined): ModuleNode {
  if (config === undefined) return EMPTY;
  return {
    blocks: new Map(config.resources.map((resource) => [blockName(resource), readBlock(resource)])),
    calls: mapValues(config.module_calls, readCall),
    outputs: mapValues(config.outputs, ({ expression }) => parsedReferences(expression)),
    sensitiveVariables: sensitiveNames(config),
  };
}

/** The name that joins an instance to its block: `aws_s3_bucket.data`, `data.aws_vpc.main`. */
export function blockName({
  mode,
  type,
  name,
}: Pick<ConfigResource, 'mode' | 'type' | 'name'>): string {
  return mode === 'data' ? `data.${type}.${name}` : `${type}.${name}`;
}

function readBlock(resource: ConfigResource): Block {
  return {
    providerKey: resource.provider_config_key,
    attributes: referencesByName(resource.expressions),
    iteration: parsedReferences(resource.for_each_expression),
    written: writtenPaths(resource.expressions),
  };
}

function readCall(call: ModuleCall): CallNode {
  return {
    module: readModule(call.module),
    arguments: referencesByName(call.expressions),
    iteration: parsedReferences(call.for_each_expression),
  };
}

function referencesByName(expressions: unknown): Map<string, readonly ParsedReference[]> {
  const members = isRecord(expressions) ? Object.entries(expressions) : [];
  const found = members.map(([name, expression]) => [name, parsedReferences(expression)] as const);
  return new Map(found.filter(([, references]) => references.length > 0));
}

function parsedReferences(expression: unknown): ParsedReference[] {
  return referencesOf(expression).map(parseReference);
}

function sensitiveNames({ variables }: ConfigModule): Set<string> {
  const sensitive = Object.entries(variables).filter(([, variable]) => variable.sensitive === true);
  return new Set(sensitive.map(([name]) => name));
}

function mapValues<In, Out>(
  record: Record<string, In>,
  convert: (value: In) => Out,
): Map<string, Out> {
  return new Map(Object.entries(record).map(([key, value]) => [key, convert(value)]));
}
