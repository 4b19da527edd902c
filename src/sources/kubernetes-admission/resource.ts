import { assertNever } from '../../kit/assert-never.ts';
import { canonicalJson } from '../../kit/canonical-json.ts';
import type { Action } from '../../model/resource.ts';
import { SourceError } from '../errors.ts';
import { describeObject, nameOf, ObjectHead } from '../kubernetes-object.ts';
import type { RawResource } from '../source.ts';
import type { ReviewRequest } from './schema.ts';

type Attributes = Readonly<Record<string, unknown>>;

/**
 * Sub-resources through which the object itself is changed: the request carries the whole Pod, and what it adds runs.
 * Every other one is judged as what it carries (a Scale, a Binding, PodExecOptions) under an address of its own.
 */
const OBJECT_SUBRESOURCES = new Set(['', 'ephemeralcontainers', 'resize']);

/**
 * Sub-resources that carry the whole object and can change their own part of it alone. Judging them as the object
 * would stop controllers from reporting on, or letting go of, what was admitted before a rule was there.
 */
const PART_SUBRESOURCES: Readonly<Record<string, string>> = {
  status: 'status',
  approval: 'status',
  finalize: 'spec',
};

/** The one resource that an admission request is about. */
export function toResource(request: ReviewRequest): RawResource {
  const subResource = request.subResource ?? '';
  if (isLettingGo(request)) return finalizerChange(request);
  if (OBJECT_SUBRESOURCES.has(subResource)) return wholeObject(request);
  return subObject(request, subResource);
}

function wholeObject(request: ReviewRequest): RawResource {
  const action = actionOf(request.operation);
  const [now, before] = [request.object ?? undefined, request.oldObject ?? undefined];
  const subject = subjectOf(request, now ?? before);
  if (action === 'delete') return deletion(subject, before);
  if (now === undefined) throw missingObject(request.operation);
  return {
    ...describeObject(subject, now),
    action,
    ...(before === undefined ? {} : { before }),
  };
}

/** An API server sends what it deletes. Where it could not, nothing of it is known, which is not the same as empty. */
function deletion(subject: Subject, before: Attributes | undefined): RawResource {
  if (before !== undefined) return { ...describeObject(subject, before), action: 'delete', before };
  return {
    ...describeObject(subject, {}),
    action: 'delete',
    unknown: ['metadata', 'spec', 'data', 'rules', 'roleRef', 'subjects'],
  };
}

function subObject(request: ReviewRequest, subResource: string): RawResource {
  const subject = subjectOf(request, request.object ?? request.oldObject ?? undefined);
  const part = PART_SUBRESOURCES[subResource];
  const object = request.object ?? {};
  const described = describeObject(
    subject,
    part === undefined ? without(object, ['metadata']) : { [part]: object[part] },
  );
  const address = [subject.namespace, request.resource.resource, subject.name, subResource];
  return {
    ...described,
    address: address.filter((name) => name !== undefined).join('/'),
    type: part === undefined ? described.type : `${described.type}/${subResource}`,
    action: actionOf(request.operation),
  };
}

/** What a sub-resource carries is not stored: its metadata repeats the parent's name, and has labels of nobody. */
function without(object: Attributes, keys: readonly string[]): Attributes {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

/**
 * True for an update that takes finalizers off something whose deletion was admitted before: refusing it would leave
 * the object in the cluster for ever. Only where nothing else changed: a pod that is being deleted still runs.
 */
function isLettingGo({ operation, subResource, object, oldObject }: ReviewRequest): boolean {
  if (operation !== 'UPDATE' || (subResource ?? '') !== '') return false;
  if (!isTerminating(object) || !isTerminating(oldObject)) return false;
  return substance(object ?? {}) === substance(oldObject ?? {});
}

function isTerminating(object: Attributes | null | undefined): boolean {
  const head = ObjectHead.shape.metadata.safeParse(object?.['metadata']);
  return head.success && typeof head.data.deletionTimestamp === 'string';
}

function substance(object: Attributes): string {
  return canonicalJson(without(object, ['metadata', 'status']));
}

function finalizerChange(request: ReviewRequest): RawResource {
  const subject = subjectOf(request, request.object ?? undefined);
  const described = describeObject(subject, {});
  return { ...described, type: `${described.type}/finalizers`, action: 'delete' };
}

type Subject = Parameters<typeof describeObject>[0];

function subjectOf(request: ReviewRequest, object: Attributes | undefined): Subject {
  const { group, version, kind } = request.kind;
  const head = ObjectHead.shape.metadata.safeParse(object?.['metadata']);
  // The object knows its generated name by the time it is validated; `request.name` stays empty.
  const names = [request.name, head.success ? nameOf(head.data) : undefined, '*'];
  return {
    apiVersion: group === '' ? version : `${group}/${version}`,
    kind,
    name: names.find((name) => name !== undefined && name !== '') ?? '*',
    namespace: request.namespace === '' ? undefined : request.namespace,
  };
}

function actionOf(operation: ReviewRequest['operation']): Action {
  switch (operation) {
    case 'CREATE':
      return 'create';
    case 'UPDATE':
      return 'update';
    case 'DELETE':
      return 'delete';
    case 'CONNECT':
      return 'connect';
    default:
      return assertNever(operation, 'admission operation');
  }
}

function missingObject(operation: string): SourceError {
  return new SourceError('SOURCE_MALFORMED', `a review of ${operation} without an object`, {
    place: { path: 'request.object' },
    help: 'The API server leaves the object out of deletions alone; send the review as it came.',
  });
}
