import { moduleSteps } from './address.ts';
import type { InstanceKey, ModuleStep } from './address.ts';
import { blockName } from './configuration.ts';
import type { CallNode, ModuleNode } from './configuration.ts';
import type { ParsedReference } from './reference-text.ts';
import type { ResourceChange } from './schema.ts';

/** An instance of a block or of a module. */
export interface Instance {
  readonly key: InstanceKey;
  /** For a block its address in the document; for a module its {@link moduleId}. */
  readonly address: string;
}

/** The instances of one block or module call; by key as well, for plans of thousands. */
export type InstanceSet = ReadonlyMap<InstanceKey, Instance>;

/** Every instance in the plan, by the module instance it stands in and by its block or module call. */
export interface Instances {
  readonly blocks: (moduleId: string, block: string) => InstanceSet;
  readonly modules: (moduleId: string, call: string) => InstanceSet;
}

const NONE: InstanceSet = new Map();

/** Where an expression stands: which module instance, which key its own block or call has. */
export interface Site {
  readonly moduleId: string;
  readonly module: ModuleNode;
  readonly key: InstanceKey;
  /** What the for_each of the block or call iterates over. */
  readonly iteration: readonly ParsedReference[];
  /** The call of this module as its caller sees it; undefined in the root module. */
  readonly caller: Caller | undefined;
}

export interface Caller {
  readonly call: CallNode;
  readonly site: Site;
}

/**
 * Indexes what will exist: instances that go away, or are a deposed copy, are no targets for a reference.
 */
export function indexInstances(changes: readonly ResourceChange[]): Instances {
  const blocks = new Map<string, Map<InstanceKey, Instance>>();
  const modules = new Map<string, Map<InstanceKey, Instance>>();
  for (const change of changes) {
    const steps = moduleSteps(change.module_address);
    rememberModules(modules, steps);
    if (!staysAfterwards(change)) continue;
    const { index: key, address } = change;
    remember(blocks, `${moduleId(steps)} ${blockName(change)}`, { key, address });
  }
  return {
    blocks: (id, block) => blocks.get(`${id} ${block}`) ?? NONE,
    modules: (id, call) => modules.get(`${id} ${call}`) ?? NONE,
  };
}

function remember(
  places: Map<string, Map<InstanceKey, Instance>>,
  place: string,
  instance: Instance,
): void {
  const known = places.get(place);
  if (known === undefined) places.set(place, new Map([[instance.key, instance]]));
  else known.set(instance.key, instance);
}

function staysAfterwards({ deposed, change: { actions } }: ResourceChange): boolean {
  const goes = actions.includes('delete') || actions.includes('forget');
  return deposed === undefined && (!goes || actions.includes('create'));
}

function rememberModules(
  modules: Map<string, Map<InstanceKey, Instance>>,
  steps: readonly ModuleStep[],
): void {
  steps.forEach(({ name, key }, at) => {
    const address = moduleId(steps.slice(0, at + 1));
    remember(modules, `${moduleId(steps.slice(0, at))} ${name}`, { key, address });
  });
}

/** A name for a module instance that is the same however its address was quoted. */
export function moduleId(steps: readonly ModuleStep[]): string {
  return steps.length === 0
    ? ''
    : JSON.stringify(steps.map(({ name, key }) => [name, key ?? null]));
}

/** The inside of a module instance; undefined when the code has no such module any more. */
export function siteOf(root: ModuleNode, moduleAddress: string | undefined): Site | undefined {
  let site: Site = { moduleId: '', module: root, key: undefined, iteration: [], caller: undefined };
  const steps = moduleSteps(moduleAddress);
  for (const [at, { name, key }] of steps.entries()) {
    const call = site.module.calls.get(name);
    if (call === undefined) return undefined;
    const callSite = { ...site, key, iteration: call.iteration };
    site = enterModule(call, callSite, moduleId(steps.slice(0, at + 1)));
  }
  return site;
}

/** The inside of a module, seen from its call. */
export function enterModule(call: CallNode, site: Site, id: string): Site {
  return {
    moduleId: id,
    module: call.module,
    key: undefined,
    iteration: [],
    caller: { call, site },
  };
}
