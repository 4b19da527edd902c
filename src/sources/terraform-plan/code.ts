import type { DefaultTags } from '../source.ts';
import { moduleSteps } from './address.ts';
import { blockName, readModule } from './configuration.ts';
import type { Block } from './configuration.ts';
import { defaultTagsOf } from './default-tags.ts';
import { siteOf } from './instances.ts';
import type { Site } from './instances.ts';
import { findProviderConfig } from './provider-config.ts';
import type { ProviderConfig, ResourceChange, TerraformPlan } from './schema.ts';

/** What the code says of every instance of a block in one instance of its module. */
export interface Code {
  readonly block: Block;
  /** Where the block stands; the key of the instance is the change's own. */
  readonly site: Site;
  readonly providerConfig: ProviderConfig | undefined;
  readonly defaultTags: DefaultTags | undefined;
}

/** Joins changes to their blocks in the code; undefined when the code has no such block any more. */
export type FindCode = (change: ResourceChange) => Code | undefined;

/** Instances of one block share what is found, so a plan of thousands looks it up once a block. */
export function codeFinder({ configuration }: TerraformPlan): FindCode {
  const root = readModule(configuration?.root_module);
  const configs = configuration?.provider_config ?? {};
  const found = new Map<string, Code | undefined>();

  function find(change: ResourceChange, name: string): Code | undefined {
    const outer = siteOf(root, change.module_address);
    const block = outer?.module.blocks.get(name);
    if (outer === undefined || block === undefined) return undefined;
    const path = moduleSteps(change.module_address).map((step) => step.name);
    const provider = findProviderConfig(configs, block.providerKey ?? '', path);
    const site = { ...outer, iteration: block.iteration };
    return {
      block,
      site,
      providerConfig: provider.config,
      defaultTags: defaultTagsOf(provider, configs),
    };
  }

  return (change) => {
    const name = blockName(change);
    const place = `${change.module_address ?? ''} ${name}`;
    if (!found.has(place)) found.set(place, find(change, name));
    return found.get(place);
  };
}
