import type { Place } from '../../kit/errors.ts';
import { SourceError } from '../errors.ts';
import { describeObject, nameOf, ObjectHead } from '../kubernetes-object.ts';
import type { ParsedDocument, RawResource } from '../source.ts';
import { Manifest } from './schema.ts';

/** Lists hold lists in some generators' output; nobody's hold eight levels of them. */
const MAX_LIST_DEPTH = 8;

/**
 * Every object of a stream of manifests, lists opened, in their order.
 *
 * @throws SourceError SOURCE_MALFORMED for a document that is no object of the Kubernetes API, with its line.
 */
export function toResources(document: ParsedDocument): RawResource[] {
  const resources = document.values.flatMap((value, index) => {
    // Between two `---` there may be nothing but a comment; templates produce that all the time.
    if (value === null || value === undefined) return [];
    return openValue(value, placeOf(document, index), 0);
  });
  return uniquelyNamed(resources);
}

function openValue(value: unknown, place: Place, depth: number): RawResource[] {
  const parsed = Manifest.safeParse(value);
  if (!parsed.success) throw notAnObject(place);
  const manifest = parsed.data;
  if (!isList(manifest)) return [toResource(manifest, place)];
  if (depth >= MAX_LIST_DEPTH) throw tooDeep(place);
  return (manifest.items ?? []).flatMap((item, position) =>
    openValue(withListType(item, manifest), { ...place, path: `items[${position}]` }, depth + 1),
  );
}

function isList({ kind, items }: Manifest): boolean {
  return kind === 'List' || (kind.endsWith('List') && items !== undefined);
}

/** The items of a typed list (PodList) may leave out what the list says for all of them. */
function withListType(item: Record<string, unknown>, list: Manifest): Record<string, unknown> {
  if (list.kind === 'List') return item;
  return { apiVersion: list.apiVersion, kind: list.kind.slice(0, -'List'.length), ...item };
}

function toResource(manifest: Manifest, place: Place): RawResource {
  const head = ObjectHead.safeParse(manifest);
  const name = head.success ? nameOf(head.data.metadata) : undefined;
  if (!head.success || name === undefined) throw withoutName(manifest, place);
  const { apiVersion, kind, metadata } = head.data;
  const subject = { apiVersion, kind, name, namespace: metadata.namespace ?? undefined };
  const resource = { ...describeObject(subject, manifest), action: 'create' } as const;
  const { file, line } = place;
  if (file === undefined || line === undefined) return resource;
  return { ...resource, location: { file, line } };
}

/** Two objects of one name (of two API groups, or in two clusters' folders) keep addresses of their own. */
function uniquelyNamed(resources: readonly RawResource[]): RawResource[] {
  const seen = new Map<string, number>();
  return resources.map((resource) => {
    const count = (seen.get(resource.address) ?? 0) + 1;
    seen.set(resource.address, count);
    return count === 1 ? resource : { ...resource, address: `${resource.address} (${count})` };
  });
}

function placeOf(document: ParsedDocument, index: number): Place {
  const line = document.lines?.[index];
  return {
    ...(document.name === undefined ? {} : { file: document.name }),
    ...(line === undefined ? {} : { line }),
  };
}

function notAnObject(place: Place): SourceError {
  return new SourceError(
    'SOURCE_MALFORMED',
    'a document among the manifests is not a Kubernetes object: it has no apiVersion and kind',
    { place, help: 'Check files of another kind (values, a chart, a compose file) by themselves.' },
  );
}

function withoutName({ kind, apiVersion }: Manifest, place: Place): SourceError {
  return new SourceError(
    'SOURCE_MALFORMED',
    `${kind} (${apiVersion}) is not an object that can be applied: it has no metadata.name`,
    {
      place,
      help:
        kind === 'Kustomization'
          ? 'Render it first: kubectl kustomize DIR | portcullis check -'
          : 'Give it a name, or leave the file out when it configures a tool.',
    },
  );
}

function tooDeep(place: Place): SourceError {
  return new SourceError(
    'SOURCE_TOO_LARGE',
    `lists stand in lists more than ${MAX_LIST_DEPTH} levels deep`,
    { place, help: 'Write the objects as documents of one stream, with --- between them.' },
  );
}
