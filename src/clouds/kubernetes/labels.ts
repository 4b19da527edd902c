import type { TagLimits } from '../tagger.ts';

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;
const DOMAIN = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;
const RESERVED = /(?:^|\.)(?:kubernetes|k8s)\.io$/;

/**
 * What a label may be. Source: kubernetes.io/docs/concepts/overview/working-with-objects/labels. The API server takes labels
 * of reserved domains from anybody; they steer schedulers and admission (pod-security.kubernetes.io), so a repair keeps off.
 */
export const LABEL_LIMITS: TagLimits = {
  batch: 1,
  // The API has no limit; an object with this many labels has another problem.
  tags: 200,
  refuses: (key, value) => refusesKey(key) ?? refusesValue(value),
  spell: (key, value) => ({ key, value }),
};

function refusesKey(key: string): string | undefined {
  const slash = key.indexOf('/');
  const name = slash < 0 ? key : key.slice(slash + 1);
  if (!NAME.test(name))
    return 'the name of a label has at most 63 letters, digits, dashes, underscores and dots, and begins and ends with a letter or digit';
  if (slash < 0) return undefined;
  const domain = key.slice(0, slash);
  if (domain.length > 253 || !DOMAIN.test(domain))
    return 'what stands before the slash of a label is a DNS name of at most 253 characters';
  return RESERVED.test(domain) ? `labels of ${domain} belong to Kubernetes itself` : undefined;
}

function refusesValue(value: string): string | undefined {
  return VALUE.test(value)
    ? undefined
    : 'the value of a label has at most 63 letters, digits, dashes, underscores and dots, and begins and ends with a letter or digit';
}
