import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';

import { z } from 'zod';

/** An object as a test writes it: `name` and what else counts. */
export interface Stored {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    labels?: Record<string, string>;
    resourceVersion: string;
    readonly [more: string]: unknown;
  };
  readonly [more: string]: unknown;
}

/** Before the server gives it a version. */
interface Unstored {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly [more: string]: unknown;
  };
  readonly [more: string]: unknown;
}

interface ServedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

const SERVED: readonly ServedKind[] = [
  { group: '', version: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false },
  { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true },
  { group: '', version: 'v1', kind: 'Secret', plural: 'secrets', namespaced: true },
  { group: '', version: 'v1', kind: 'Event', plural: 'events', namespaced: true },
  { group: 'apps', version: 'v1', kind: 'Deployment', plural: 'deployments', namespaced: true },
  {
    group: 'networking.k8s.io',
    version: 'v1',
    kind: 'NetworkPolicy',
    plural: 'networkpolicies',
    namespaced: true,
  },
  {
    group: 'extensions',
    version: 'v1beta1',
    kind: 'Deployment',
    plural: 'deployments',
    namespaced: true,
  },
  {
    group: 'stable.example.com',
    version: 'v1',
    kind: 'CronTab',
    plural: 'crontabs',
    namespaced: true,
  },
];

export interface FakeApiServer {
  readonly kubeconfig: string;
  /** `list pods`, `list pods in team-a`, `patch apps/deployments`: in the order in which they came. */
  readonly calls: string[];
  /** Calls that are answered with 403. */
  readonly denied: Set<string>;
  /** The next answers to a call, in place of its own. `cut` ends the connection. */
  readonly faults: {
    call: string;
    status: number | 'cut';
    body?: string;
    headers?: Record<string, string>;
  }[];
  readonly put: (type: string, object: Unstored) => void;
  readonly get: (type: string, namespace: string | undefined, name: string) => Stored | undefined;
  readonly close: () => Promise<void>;
}

/**
 * So much of an API server as a sweep sees: discovery, lists in pages, metadata of one object, merge patches with a
 * precondition. The real one is put to the same questions in test/peers.
 */
export async function startApiServer(folder: string): Promise<FakeApiServer> {
  const objects = new Map<string, Stored>();
  let version = 100;
  const calls: string[] = [];
  const denied = new Set<string>();
  const faults: FakeApiServer['faults'] = [];

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const url = new URL(request.url ?? '/', 'http://x');
    const asked = understand(request.method ?? '', url.pathname);
    calls.push(asked.call);
    const at = faults.findIndex(({ call }) => call === asked.call);
    const [fault] = at < 0 ? [] : faults.splice(at, 1);
    if (fault !== undefined) return faulty(fault);
    if (request.headers.authorization !== 'Bearer secret-token')
      return status(401, 'Unauthorized', 'Unauthorized');
    if (denied.has(asked.call)) return status(403, 'Forbidden', `User "ana" cannot ${asked.call}`);
    if (asked.served === undefined) return discover(url.pathname);
    const { served, namespace, name } = asked;
    if (name === undefined) return list(served, namespace, url.searchParams);
    const found = objects.get(keyOf(served, namespace, name));
    if (found === undefined) return status(404, 'NotFound', `${served.plural} "${name}" not found`);
    return request.method === 'GET' ? ok(found) : patch(found, await bodyOf(request));
  };

  const list = (
    served: ServedKind,
    namespace: string | undefined,
    query: URLSearchParams,
  ): Answer => {
    const prefix = `${served.group}/${served.kind}/${namespace === undefined ? '' : `${namespace}/`}`;
    const all = [...objects]
      .filter(([key]) => key.startsWith(prefix))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const limit = Number(query.get('limit') ?? '0') || all.length;
    const rest = all.filter(([key]) => key > (query.get('continue') ?? ''));
    const page = rest.slice(0, limit);
    const left = rest.length - page.length;
    return ok({
      kind: `${served.kind}List`,
      metadata: left > 0 ? { continue: page.at(-1)?.[0], remainingItemCount: left } : {},
      items: page.length === 0 ? null : page.map(([, object]) => object),
    });
  };

  const patch = (found: Stored, body: unknown): Answer => {
    const change = Patch.parse(body).metadata;
    if (
      change.resourceVersion !== undefined &&
      change.resourceVersion !== found.metadata.resourceVersion
    )
      return status(409, 'Conflict', 'the object has been modified');
    const labels = new Map(Object.entries(found.metadata.labels ?? {}));
    for (const [key, value] of Object.entries(change.labels)) {
      if (value === null) labels.delete(key);
      else labels.set(key, value);
    }
    found.metadata.labels = Object.fromEntries(labels);
    version += 1;
    found.metadata.resourceVersion = String(version);
    return ok(found);
  };

  const server = createServer((request, response) => {
    void answer(request).then(({ code, body, headers }) => {
      if (code === 'cut') request.socket.destroy();
      else response.writeHead(code, headers ?? { 'content-type': 'application/json' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, JSON.stringify(kubeconfigFor(port)));
  return {
    ...{ kubeconfig, calls, denied, faults },
    put: (type, object) => {
      version += 1;
      const served = SERVED.find((one) => typeOf(one) === type);
      if (served === undefined) throw new Error(`the fake serves no ${type}`);
      const { namespace, name } = object.metadata;
      objects.set(keyOf(served, namespace, name), {
        ...object,
        metadata: { ...object.metadata, name, resourceVersion: String(version) },
      });
    },
    get: (type, namespace, name) => {
      const served = SERVED.find((one) => typeOf(one) === type);
      return served === undefined ? undefined : objects.get(keyOf(served, namespace, name));
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function kubeconfigFor(port: number): object {
  return {
    clusters: [
      {
        name: 'fake',
        // The client speaks HTTP only where nothing is to be verified.
        cluster: { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true },
      },
    ],
    users: [{ name: 'ana', user: { token: 'secret-token' } }],
    contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'ana' } }],
    'current-context': 'fake',
  };
}

interface Asked {
  readonly call: string;
  readonly served?: ServedKind;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
}

const PATH =
  /^\/(?:api|apis\/(?<group>[^/]+))\/(?<version>[^/]+)(?:\/namespaces\/(?<namespace>[^/]+)(?=\/))?\/(?<plural>[^/]+)(?:\/(?<name>[^/]+))?$/;

function understand(method: string, path: string): Asked {
  const { group = '', plural = '', namespace, name } = PATH.exec(path)?.groups ?? {};
  const served = SERVED.find((one) => one.group === group && one.plural === plural);
  if (served === undefined) return { call: `get ${path}` };
  const verb = method === 'PATCH' ? 'patch' : name === undefined ? 'list' : 'get';
  const where = verb === 'list' && namespace !== undefined ? ` in ${namespace}` : '';
  const resource = group === '' ? plural : `${group}/${plural}`;
  return { call: `${verb} ${resource}${where}`, served, namespace, name };
}

function discover(path: string): Answer {
  const groups = [...new Set(SERVED.map(({ group }) => group))].filter((group) => group !== '');
  if (path === '/apis')
    return ok({
      groups: [...groups, 'broken.example.com'].map((name) => ({
        name,
        preferredVersion: {
          groupVersion: `${name}/${SERVED.find(({ group }) => group === name)?.version ?? 'v1'}`,
        },
      })),
    });
  const [group, version] = path === '/api/v1' ? ['', 'v1'] : path.slice('/apis/'.length).split('/');
  const found = SERVED.filter((one) => one.group === group && one.version === version);
  if (found.length === 0) return status(403, 'Forbidden', 'the service of this group is away');
  const resources = found.flatMap(({ plural, kind, namespaced }) => [
    { name: plural, kind, namespaced, verbs: ['get', 'list', 'patch', 'watch'] },
    { name: `${plural}/status`, kind, namespaced, verbs: ['get', 'list'] },
  ]);
  return ok({ resources });
}

function typeOf({ group, version, kind }: ServedKind): string {
  return `${group === '' ? '' : `${group}/`}${version}/${kind}`;
}

function keyOf({ group, kind }: ServedKind, namespace: string | undefined, name: string): string {
  return [group, kind, ...(namespace === undefined ? [] : [namespace]), name].join('/');
}

interface Answer {
  readonly code: number | 'cut';
  readonly body: string;
  readonly headers?: Record<string, string>;
}

function ok(value: unknown): Answer {
  return { code: 200, body: JSON.stringify(value) };
}

function status(code: number, reason: string, message: string): Answer {
  return {
    code,
    body: JSON.stringify({ kind: 'Status', status: 'Failure', code, reason, message }),
  };
}

function faulty({ status: code, body, headers }: FakeApiServer['faults'][number]): Answer {
  const own = code === 'cut' ? '' : status(code, 'InternalError', 'it broke').body;
  return { code, body: body ?? own, ...(headers === undefined ? {} : { headers }) };
}

const Patch = z.object({
  metadata: z.object({
    resourceVersion: z.string().optional(),
    labels: z.record(z.string(), z.string().nullable()),
  }),
});

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  request.setEncoding('utf8');
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const value: unknown = JSON.parse(text);
  return value;
}
