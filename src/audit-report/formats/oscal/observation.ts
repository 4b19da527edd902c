import { inertJson } from '../../inert/text.ts';
import type { Item } from '../../report.ts';
import { uuidOf } from '../../uuid.ts';
import { resourceId } from './inventory.ts';
import { marked, plain, stampOf } from './words.ts';

const NS = 'https://portcullis.dev/ns/oscal';

export function observationId(item: Item): string {
  const { reference, policy, rule, address, path, verdict } = item;
  return uuidOf('observation', reference, policy, rule, address, path, verdict);
}

/** What a rule said of one resource, as JSON on one line. */
export function observationText(item: Item, madeAt: string): string {
  const { address, message, fix, exemption, time } = item;
  const words = [message, fix].filter((part) => part !== '').join(' ');
  return inertJson({
    uuid: observationId(item),
    title: marked(item.title === '' ? item.policy : item.title),
    description: marked(`${address}: ${words}`),
    props: [
      { name: 'verdict', ns: NS, value: item.verdict },
      { name: 'severity', ns: NS, value: item.severity },
      { name: 'rule', ns: NS, value: plain(item.rule) },
      { name: 'policy', ns: NS, value: plain(item.policy) },
      { name: 'path', ns: NS, value: plain(item.path) },
      { name: 'reference', ns: NS, value: plain(item.reference) },
      ...(exemption === undefined ? [] : [{ name: 'exemption', ns: NS, value: plain(exemption) }]),
    ],
    methods: ['TEST'],
    types: ['finding'],
    subjects: [{ 'subject-uuid': resourceId(address), type: 'inventory-item' }],
    collected: stampOf(time, madeAt),
  });
}
