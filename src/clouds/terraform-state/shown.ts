import { markedPaths } from '../../sources/terraform-marks.ts';
import { deposedAddress } from './instance.ts';
import type { StateInstance } from './instance.ts';
import type { ShownModule, ShownResource } from './schema.ts';

/** The managed resources of a module and of all that it calls. */
export function shownInstances(module: ShownModule): StateInstance[] {
  const own = module.resources
    .filter(({ mode }) => mode === 'managed')
    .map((resource) => toInstance(resource, module.address));
  return [...own, ...(module.child_modules ?? []).flatMap(shownInstances)];
}

function toInstance(resource: ShownResource, module: string | undefined): StateInstance {
  return {
    address: deposedAddress(resource.address, resource.deposed_key),
    type: resource.type,
    providerName: resource.provider_name,
    module,
    attributes: resource.values ?? undefined,
    marked: markedPaths(resource.sensitive_values),
  };
}
