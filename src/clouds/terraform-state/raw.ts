import { joinPath, valueAt } from '../../kit/paths.ts';
import { deposedAddress } from './instance.ts';
import type { StateInstance } from './instance.ts';
import type { PathStep, StateV4 } from './schema.ts';

type Resource = NonNullable<StateV4['resources']>[number];
type Instance = Resource['instances'][number];

/** The managed resources of a state of version 4. Data sources are read anew each time and belong to somebody else. */
export function instancesOf({ resources }: StateV4): StateInstance[] {
  return (resources ?? [])
    .filter(({ mode }) => mode === 'managed')
    .flatMap((resource) => resource.instances.map((instance) => toInstance(resource, instance)));
}

function toInstance(resource: Resource, instance: Instance): StateInstance {
  const { module, type, name } = resource;
  const inside = module === undefined || module === '' ? '' : `${module}.`;
  const address = `${inside}${type}.${name}${keyOf(instance.index_key)}`;
  return {
    address: deposedAddress(address, instance.deposed),
    type,
    providerName: providerName(resource.provider),
    module,
    // States that were upgraded from version 3 hold `attributes_flat` until the next apply: nothing of it is read.
    attributes: instance.attributes ?? undefined,
    marked: (instance.sensitive_attributes ?? []).map(pathOf),
  };
}

/** As Terraform prints a key; HCL would take `${` for the start of a template. */
function keyOf(key: number | string | null | undefined): string {
  if (key === null || key === undefined) return '';
  if (typeof key === 'number') return `[${key}]`;
  return `[${JSON.stringify(key).replaceAll(/[$%](?=\{)/g, '$&$&')}]`;
}

const PROVIDER = /^(?:module\.[^.]+\.)*provider(?:\["([^"]+)"\]|\.([^.[]+))/;

/** `module.a.provider["registry.terraform.io/hashicorp/aws"].west`; before Terraform 0.13 `provider.aws.west`. */
function providerName(reference: string): string {
  const [, quoted, plain] = PROVIDER.exec(reference) ?? [];
  return quoted ?? plain ?? '';
}

/** A step that cannot be followed (an element of a set) ends the path: then all that stands there is sensitive. */
function pathOf(steps: readonly PathStep[]): string {
  let path = '';
  for (const step of steps) {
    const key = step.type === 'index' ? valueAt(step.value, ['value']) : step.value;
    if (typeof key !== 'string' && typeof key !== 'number') return path;
    path = joinPath(path, key);
  }
  return path;
}
