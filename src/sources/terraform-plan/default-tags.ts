import { isRecord } from '../../kit/record.ts';
import type { DefaultTags } from '../source.ts';
import { constantOf } from './expression.ts';
import { providerBlock } from './provider-config.ts';
import type { ProviderConfigs, ProviderFinding } from './provider-config.ts';
import type { ProviderConfig } from './schema.ts';

const NOT_KNOWN: DefaultTags = { tags: {}, unknown: [''] };

/**
 * The tags that a provider adds to all it makes: `default_tags { tags = … }` (AWS, Datadog), `default_tags = …`
 * (AzAPI), `default_labels = …` (Google). An expression that is no constant hides even the keys.
 *
 * @returns undefined when the provider adds none.
 */
export function defaultTagsOf(
  { config, certain }: ProviderFinding,
  configs: ProviderConfigs,
): DefaultTags | undefined {
  if (!certain) {
    const some = Object.values(configs).some((other) => writtenDefaults(other) !== undefined);
    return some ? NOT_KNOWN : undefined;
  }
  const expression = writtenDefaults(config);
  if (expression === undefined) return undefined;
  const constant = constantOf(expression);
  return isRecord(constant) ? knownTags(constant) : NOT_KNOWN;
}

function writtenDefaults(config: ProviderConfig | undefined): unknown {
  const block = providerBlock(config, 'default_tags');
  return (
    block?.['tags'] ??
    (block === undefined ? config?.expressions?.['default_tags'] : undefined) ??
    config?.expressions?.['default_labels']
  );
}

function knownTags(constant: Record<string, unknown>): DefaultTags {
  const tags = Object.entries(constant).filter(
    ([, value]) => value !== null && typeof value !== 'object',
  );
  return {
    tags: Object.fromEntries(tags.map(([key, value]) => [key, String(value)])),
    unknown: [],
  };
}
