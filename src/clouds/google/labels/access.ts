import { z } from 'zod';

import { canonicalJson } from '../../../kit/canonical-json.ts';
import { sha256 } from '../../../kit/digest.ts';
import { isRecord } from '../../../kit/record.ts';
import type { Caller } from '../../calls/caller.ts';
import { CloudError } from '../../errors.ts';
import type { TagTarget } from '../../tagger.ts';
import type { Connection } from '../connection.ts';
import { findLabelService } from './registry.ts';
import type { LabelService } from './service.ts';

/** A resource whose labels can be reached. */
export interface Reached {
  readonly service: LabelService;
  readonly path: string;
  readonly project: string;
}

export interface CurrentLabels {
  readonly values: Readonly<Record<string, string>>;
  /** The service's own fingerprint or etag; empty where it has none. */
  readonly native: string;
  /** What stands for this set of labels: the same, or a digest of the labels where there is none. */
  readonly version: string;
}

/** Undefined where nothing is known of how this type keeps its labels. */
export function reach({ type, address, scope }: TagTarget): Reached | undefined {
  const service = findLabelService(type);
  const path = service?.path(address);
  return service === undefined || path === undefined
    ? undefined
    : { service, path, project: scope['project'] ?? 'unknown project' };
}

/** @throws CloudError */
export async function readLabels(
  { caller, connection }: { readonly caller: Caller; readonly connection: Connection },
  { service, path, project }: Reached,
  signal: AbortSignal,
): Promise<CurrentLabels> {
  const answer = await caller.call(
    { account: project, region: 'global', service: service.host, action: service.permissions.read },
    (attempt) => connection.send({ method: 'GET', host: service.host, path }, attempt),
    { signal },
  );
  return currentLabels(service, answer);
}

const labelMap = z.record(z.string(), z.string()).nullish();
const versionText = z.union([z.string(), z.number().transform(String)]);

function currentLabels(service: LabelService, answer: unknown): CurrentLabels {
  if (!isRecord(answer)) throw unreadable(service);
  const labels = labelMap.safeParse(valueAt(answer, service.labels));
  if (!labels.success) throw unreadable(service);
  const values = labels.data ?? {};
  if (service.version === undefined)
    return { values, native: '', version: sha256(canonicalJson(values)) };
  const native = versionText.safeParse(valueAt(answer, service.version));
  // Without it a write would replace what somebody else wrote in the meantime.
  if (!native.success || native.data === '') throw unreadable(service);
  return { values, native: native.data, version: native.data };
}

function unreadable({ type, host }: LabelService): CloudError {
  return new CloudError('CLOUD_PROTOCOL', `${host} answered something that is no ${type}`);
}

function valueAt(answer: Readonly<Record<string, unknown>>, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), answer);
}
