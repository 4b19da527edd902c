import { z } from 'zod';

import { isPortcullisError } from '../../kit/errors.ts';
import { isRecord } from '../../kit/record.ts';
import type { Limits } from '../../sources/limits.ts';
import { parseDocument } from '../../sources/parse-document.ts';
import type { RawResource } from '../../sources/source.ts';
import { CloudError } from '../errors.ts';
import type { CloudErrorCode } from '../errors.ts';
import { toResource } from './instance.ts';
import type { StateInstance } from './instance.ts';
import { instancesOf } from './raw.ts';
import { ShownState, StateV4 } from './schema.ts';
import { shownInstances } from './shown.ts';

/**
 * The resources of a state, in either of its two formats.
 *
 * @param state its name, for addresses and messages.
 * @throws CloudError CLOUD_PROTOCOL for what is no state or not a whole one, CLOUD_SETTINGS for one that is encrypted, of
 *   another version, or something else that Terraform writes. No message quotes a value.
 */
export function parseState(bytes: Uint8Array, state: string, limits: Limits): RawResource[] {
  const value = parseJson(bytes, state, limits);
  refuseOther(value, state);
  const instances = 'format_version' in value ? shown(value, state) : raw(value, state);
  refuseDuplicates(instances, state);
  return instances.map((instance) => toResource(instance, state));
}

function parseJson(bytes: Uint8Array, state: string, limits: Limits): Record<string, unknown> {
  try {
    const { values } = parseDocument(bytes, undefined, limits);
    const [value] = values;
    if (isRecord(value)) return value;
  } catch (thrown) {
    if (!isPortcullisError(thrown)) throw thrown;
    throw refusal('CLOUD_PROTOCOL', state, thrown.message);
  }
  throw refusal('CLOUD_PROTOCOL', state, 'it is no JSON object');
}

/** What lies where a state is looked for, and is none that can be read. */
function refuseOther(value: Record<string, unknown>, state: string): void {
  const reason = encrypted(value) ?? plan(value) ?? version(value);
  if (reason !== undefined) throw refusal('CLOUD_SETTINGS', state, reason);
}

function encrypted(value: Record<string, unknown>): string | undefined {
  if (!('encrypted_data' in value) && !('encryption_version' in value)) return undefined;
  return 'it is encrypted by OpenTofu; give the output of tofu show -json in its place';
}

function plan(value: Record<string, unknown>): string | undefined {
  if (!('resource_changes' in value) && !('planned_values' in value)) return undefined;
  return 'it is a plan, which tells what will be; a plan is judged by portcullis check';
}

function version(value: Record<string, unknown>): string | undefined {
  const { format_version: shownAs, version: rawAs } = value;
  if (shownAs !== undefined) {
    const known = typeof shownAs === 'string' && /^[01](?:\.|$)/.test(shownAs);
    return known ? undefined : 'its format_version is not understood; understood are 0.x and 1.x';
  }
  if (typeof rawAs !== 'number')
    return 'it has neither version nor format_version: this is no state';
  if (rawAs === 4) return undefined;
  return rawAs < 4
    ? `it is of version ${rawAs}; an apply with Terraform 0.12 or newer writes version 4`
    : `it is of version ${rawAs}, which is newer than what is understood (4); update Portcullis`;
}

function raw(value: unknown, state: string): StateInstance[] {
  return instancesOf(shaped(StateV4, value, state));
}

function shown(value: unknown, state: string): StateInstance[] {
  const { values } = shaped(ShownState, value, state);
  return values?.root_module === undefined ? [] : shownInstances(values.root_module);
}

function shaped<T>(schema: z.ZodType<T>, value: unknown, state: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue === undefined ? '' : z.core.toDotPath(issue.path);
  throw refusal('CLOUD_PROTOCOL', state, `it has not the shape of a state at ${path}`);
}

function refuseDuplicates(instances: readonly StateInstance[], state: string): void {
  const seen = new Set<string>();
  for (const { address } of instances) {
    if (seen.has(address)) throw refusal('CLOUD_PROTOCOL', state, `it lists ${address} twice`);
    seen.add(address);
  }
}

function refusal(code: CloudErrorCode, state: string, reason: string): CloudError {
  return new CloudError(code, `${state} cannot be read as a Terraform state: ${reason}`);
}
