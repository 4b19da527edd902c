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

/** Every instance in the plan, by the module instance it stands in and by its block or module call. */
export interface Instances {
  readonly blocks: (moduleId: string, block: string) => readonly Instance[];
  readonly modules: (moduleId: string, call: string) => readonly Instance[];
}

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
  const blocks = new Map<string, Instance[]>();
  const modules = new Map<string, Map<string, Instance>>();
  for (const change of changes) {
    const steps = moduleSteps(change.module_address);
    rememberModules(modules, steps);
    if (!staysAfterwards(change)) continue;
    const place = `${moduleId(steps)} ${blockName(change)}`;
    const instance = { key: change.index, address: change.address };
    const known = blocks.get(place);
    if (known === undefined) blocks.set(place, [instance]);
    else known.push(instance);
  }
  const modulesAt = new Map([...modules].map(([place, byId]) => [place, [...byId.values()]]));
  return {
    blocks: (id, block) => blocks.get(`${id} ${block}`) ?? [],
    modules: (id, call) => modulesAt.get(`${id} ${call}`) ?? [],
  };
}

function staysAfterwards({ deposed, change: { actions } }: ResourceChange): boolean {
  const goes = actions.includes('delete') || actions.includes('forget');
  return deposed === undefined && (!goes || actions.includes('create'));
}

function rememberModules(
  modules: Map<string, Map<string, Instance>>,
  steps: readonly ModuleStep[],
): void {
  steps.forEach(({ name, key }, at) => {
    const place = `${moduleId(steps.slice(0, at))} ${name}`;
    const address = moduleId(steps.slice(0, at + 1));
    const known = modules.get(place) ?? new Map<string, Instance>();
    modules.set(place, known.set(address, { key, address }));
  });
}

/** A name for a module instance that is the same however its address was quoted. */
export function moduleId(steps: readonly ModuleStep[]): string {
  return steps.length === 0
    ? ''
    : JSON.stringify(steps.map(({ name, key }) => [name, key ?? null]));
}

/** The place of a block's instance; undefined when the code has no such module any more. */
export function siteOf(
  root: ModuleNode,
  moduleAddress: string | undefined,
  own: Pick<Site, 'key' | 'iteration'>,
): Site | undefined {
  const steps = moduleSteps(moduleAddress);
  let site: Site = { moduleId: '', module: root, key: undefined, iteration: [], caller: undefined };
  for (const [at, { name, key }] of steps.entries()) {
    const call = site.module.calls.get(name);
    if (call === undefined) return undefined;
    const callSite = { ...site, key, iteration: call.iteration };
    site = enterModule(call, callSite, moduleId(steps.slice(0, at + 1)));
  }
  return { ...site, ...own };
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
