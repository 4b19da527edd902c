import { z } from 'zod';

import { FACTS } from '../../catalogue/facts.ts';
import { Resource } from '../../model/resource.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema of a policy's `input`, made from the model: a misspelt field or fact fails the check.
 *
 * Draft 7, which is the newest that OPA's type checker reads.
 */
export function inputSchema(): JsonSchema {
  const resources = { type: 'array', items: resourceSchema() };
  return {
    type: 'object',
    properties: {
      resources,
      related: resources,
      parameters: { type: 'object', additionalProperties: true },
      context: { type: 'object', additionalProperties: true },
      now: { type: 'string' },
    },
    additionalProperties: false,
  };
}

function resourceSchema(): JsonSchema {
  const { properties = {} } = z.toJSONSchema(Resource.omit({ unknown: true, sensitive: true }), {
    target: 'draft-7',
    io: 'input',
  });
  const facts = Object.entries(FACTS).map(([name, { type }]) => [name, { type }] as const);
  return {
    type: 'object',
    properties: {
      ...properties,
      facts: { type: 'object', properties: Object.fromEntries(facts), additionalProperties: false },
    },
    additionalProperties: false,
  };
}
