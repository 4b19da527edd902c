import type { z } from 'zod';
import type { ZodOpenApiOperationObject } from 'zod-openapi';

import type { Role } from '../config/schema.ts';
import { Problem } from './problem.ts';

/** One thing that can be asked of the gate: what the doors route by, and what the OpenAPI document says of it. */
export interface Operation {
  readonly method: 'get' | 'post';
  /** As OpenAPI writes it, `/v1/decisions/{id}`. */
  readonly path: string;
  /** The last part of the path takes all that follows, slashes too. */
  readonly tail?: true;
  /** The role a token needs; `undefined`: open to everyone. */
  readonly role: Role | undefined;
  readonly about: ZodOpenApiOperationObject;
}

/** An answer in JSON. */
export function json(schema: z.ZodType, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

/** A refusal that is worth a line of its own. */
export function problemOf(description: string) {
  return { description, content: { 'application/problem+json': { schema: Problem } } };
}
