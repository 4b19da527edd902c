import type { Reference } from '../source.ts';
import type { Block, ModuleNode } from './configuration.ts';
import { enterModule } from './instances.ts';
import type { Instance, Instances, InstanceSet, Site } from './instances.ts';
import type { InstanceKey } from './address.ts';
import type { ParsedReference } from './reference-text.ts';

/** More candidates than this for one attribute say as much as "anything", and cost the square of the plan. */
const CANDIDATES = 64;

/** Steps through variables and outputs for one attribute. A document can be made to need any number of them. */
const STEPS = 512;

/** What an expression may name. */
interface Resolution {
  readonly targets: ReadonlySet<string>;
  /** Something is mentioned that the plan does not show. */
  readonly hidden: boolean;
  /** Some of the targets are one among several instances, and which one cannot be told. */
  readonly choice: boolean;
}

const NOTHING: Resolution = { targets: new Set(), hidden: false, choice: false };
const ANYTHING: Resolution = { targets: new Set(), hidden: true, choice: false };

type OutputReference = ParsedReference & { readonly to: 'output' };

interface Search {
  readonly instances: Instances;
  steps: number;
}

/**
 * What the attributes of one instance refer to, by following its block's expressions through variables, outputs,
 * count and for_each. Local values are not in a plan, and a splat cannot be told from a conditional: where that leaves a
 * doubt, the reference is not exact.
 *
 * @param attributes as planned, and `unknown` their top-level names that are not known: a doubt about a value that is
 *   known does not need the reference at all.
 */
export function resolveReferences(
  block: Block,
  site: Site,
  instances: Instances,
  planned: {
    readonly attributes: Readonly<Record<string, unknown>>;
    readonly unknown: ReadonlySet<string>;
  },
): Reference[] {
  return [...block.attributes].map(([attribute, references]) => {
    const found = resolveAll(references, site, { instances, steps: STEPS });
    return toReference(
      attribute,
      found,
      planned.attributes[attribute],
      planned.unknown.has(attribute),
    );
  });
}

function toReference(
  attribute: string,
  found: Resolution,
  value: unknown,
  unknown: boolean,
): Reference {
  const targets = [...found.targets];
  if (targets.length > CANDIDATES) return { attribute, targets: [], exact: false };
  return { attribute, targets, exact: isExact(found, value, unknown) };
}

function isExact(
  { targets, hidden, choice }: Resolution,
  value: unknown,
  unknown: boolean,
): boolean {
  if (targets.size === 0) return !hidden;
  // As many elements as candidates: a list of all of them.
  if (targets.size > 1) return !hidden && Array.isArray(value) && value.length === targets.size;
  // The value is to come, and one resource is in sight that it can come from: what is hidden is a condition.
  return !choice && (!hidden || unknown);
}

function resolveAll(
  references: readonly ParsedReference[],
  site: Site,
  search: Search,
): Resolution {
  const paired = pairs(references);
  return merge(references.map((reference) => resolve(reference, site, paired, search)));
}

function merge(parts: readonly Resolution[]): Resolution {
  return {
    targets: new Set(parts.flatMap((part) => [...part.targets])),
    hidden: parts.some((part) => part.hidden),
    choice: parts.some((part) => part.choice),
  };
}

/** True when the expression picks by the key of its own block, so that instances of equal key belong together. */
function pairs(references: readonly ParsedReference[]): boolean {
  return references.some(({ to }) => to === 'own-key');
}

function resolve(
  reference: ParsedReference,
  site: Site,
  paired: boolean,
  search: Search,
): Resolution {
  if (--search.steps < 0) return ANYTHING;
  switch (reference.to) {
    case 'plain':
      return NOTHING;
    case 'hidden':
      return ANYTHING;
    case 'own-key':
      return reference.value ? resolveIterated(site, search) : NOTHING;
    case 'own-value':
      return resolveIterated(site, search);
    case 'block': {
      const instances = search.instances.blocks(site.moduleId, reference.block);
      const { picked, choice } = pick(instances, reference.key, paired ? site.key : undefined);
      if (picked === undefined) return ANYTHING;
      return { targets: new Set(picked.map(({ address }) => address)), hidden: false, choice };
    }
    case 'variable':
      return resolveVariable(reference.name, site, search);
    case 'output':
      return resolveOutput(reference, site, paired, search);
  }
}

interface Pick {
  /** Undefined when there are too many of them. */
  readonly picked: readonly Instance[] | undefined;
  readonly choice: boolean;
}

/** Which instances are meant: the one with the given key, the only one, the one with the key of the asker, or any. */
function pick(instances: InstanceSet, key: InstanceKey, ownKey: InstanceKey): Pick {
  if (key !== undefined) return { picked: one(instances.get(key)), choice: false };
  if (instances.size <= 1) return { picked: [...instances.values()], choice: false };
  const partner = ownKey === undefined ? undefined : instances.get(ownKey);
  if (partner !== undefined) return { picked: [partner], choice: false };
  // Beyond the limit no list of them is of use.
  return {
    picked: instances.size > CANDIDATES ? undefined : [...instances.values()],
    choice: true,
  };
}

function one(instance: Instance | undefined): readonly Instance[] {
  return instance === undefined ? [] : [instance];
}

/** `for_each = aws_s3_bucket.all` makes each.value the bucket of the same key; plain values name nothing. */
function resolveIterated(site: Site, search: Search): Resolution {
  return merge(site.iteration.map((reference) => resolve(reference, site, true, search)));
}

function resolveVariable(name: string, { caller }: Site, search: Search): Resolution {
  // The variables of the root module are given from outside: they hold known values, and no reference.
  const references = caller?.call.arguments.get(name);
  if (caller === undefined || references === undefined) return NOTHING;
  return resolveAll(references, caller.site, search);
}

function resolveOutput(
  reference: OutputReference,
  site: Site,
  paired: boolean,
  search: Search,
): Resolution {
  const call = site.module.calls.get(reference.call);
  if (call === undefined) return ANYTHING;
  const references = outputReferences(call.module, reference.output);
  const modules = search.instances.modules(site.moduleId, reference.call);
  const { picked, choice } = pick(modules, reference.key, paired ? site.key : undefined);
  if (picked === undefined) return ANYTHING;
  const found = merge(
    picked.map(({ key, address }) => {
      const callSite = { ...site, key, iteration: call.iteration };
      return resolveAll(references, enterModule(call, callSite, address), search);
    }),
  );
  return { ...found, choice: found.choice || choice };
}

/** `module.m[each.key].id` is written as `module.m` alone: then it may be any output. */
function outputReferences(
  { outputs }: ModuleNode,
  output: string | undefined,
): readonly ParsedReference[] {
  return output === undefined ? [...outputs.values()].flat() : (outputs.get(output) ?? []);
}
