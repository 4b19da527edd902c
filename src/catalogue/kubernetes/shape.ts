import type { Facts } from '../facts.ts';
import type { Kind, Shape, TagPlace } from '../kind.ts';
import type { View } from '../view.ts';

/** Spells a path of the Kubernetes API as the document at hand does. */
export type Spell = (path: string) => string;

/** A kind of object of the Kubernetes API, said once for the API's words and for Terraform's. */
export interface Definition {
  readonly kind: string;
  readonly title: string;
  /** `apps/Deployment`; `Pod` in the core group. Versions do not count. */
  readonly types: readonly string[];
  /** The types of Terraform's Kubernetes provider that write the same object. */
  readonly terraform?: readonly string[];
  /** False for what is answered and not kept: nobody can label it. */
  readonly labelled?: boolean;
  readonly facts?: (view: View, spell: Spell) => Facts;
}

/** The catalogue entry of a definition. */
export function kubernetesKind(definition: Definition): Kind {
  const { kind, title, types, terraform } = definition;
  const kubernetes = shapeOf(definition, types, (path) => path);
  if (terraform === undefined) return { kind, title, shapes: { kubernetes } };
  return {
    kind,
    title,
    shapes: { kubernetes, terraform: shapeOf(definition, terraform, inTerraform) },
  };
}

/** `kubernetes_pod` and `kubernetes_pod_v1`: the provider keeps both names for the same object. */
export function bothNames(type: string): readonly string[] {
  return [type, `${type}_v1`];
}

function shapeOf(definition: Definition, types: readonly string[], spell: Spell): Shape {
  const tags: TagPlace =
    definition.labelled === false
      ? { shape: 'none' }
      : { shape: 'map', path: spell('metadata.labels') };
  return { types, tags, facts: (view) => factsOf(definition, view, spell) };
}

function factsOf({ facts }: Definition, view: View, spell: Spell): Facts {
  return {
    name: view.written.string(spell('metadata.name')),
    ...facts?.(view, spell),
  };
}

/** A list of objects is a repeated block in Terraform, named for one of them; a few other words differ too. */
const WORDS: Readonly<Record<string, string>> = {
  containers: 'container',
  initContainers: 'init_container',
  provisioner: 'storage_provisioner',
  rules: 'rule',
  subjects: 'subject',
};

/** `spec.jobTemplate.spec` is `spec[0].job_template[0].spec`: objects are blocks, which are lists of one. */
function inTerraform(path: string): string {
  return path.split('.').map(inSnakeCase).join('[0].');
}

function inSnakeCase(key: string): string {
  return WORDS[key] ?? key.replace(/[A-Z]+/g, (letters) => `_${letters.toLowerCase()}`);
}
