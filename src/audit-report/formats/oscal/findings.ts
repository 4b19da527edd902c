import type { Item } from '../../report.ts';
import { uuidOf } from '../../uuid.ts';
import { observationId } from './observation.ts';
import { controlId, marked, plain } from './words.ts';

const NS = 'https://portcullis.dev/ns/oscal';

interface Against {
  readonly framework: string;
  readonly control: string;
  readonly observations: string[];
}

/** A control that at least one resource does not comply with, and the observations that say so. An exemption speaks against none. */
export function findingsOf(items: readonly Item[]) {
  const controls = new Map<string, Against>();
  for (const item of items) {
    if (item.verdict !== 'violation') continue;
    for (const { framework, control } of item.controls) {
      const key = JSON.stringify([framework, control]);
      const against = controls.get(key) ?? { framework, control, observations: [] };
      against.observations.push(observationId(item));
      controls.set(key, against);
    }
  }
  return [...controls.values()].map(findingOf);
}

function findingOf({ framework, control, observations }: Against) {
  const distinct = [...new Set(observations)];
  return {
    uuid: uuidOf('finding', framework, control),
    title: marked(`${framework} ${control}`),
    description: marked(`Observations speak against ${control}: ${distinct.length}.`),
    target: {
      type: 'objective-id',
      'target-id': controlId(control),
      props: [{ name: 'framework', ns: NS, value: plain(framework) }],
      status: { state: 'not-satisfied' },
    },
    'related-observations': distinct.map((uuid) => ({ 'observation-uuid': uuid })),
  };
}
