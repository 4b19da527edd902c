import type { oas31 } from 'zod-openapi';

import { PROBLEM_TITLES } from './problem.ts';

type Schema = oas31.SchemaObject | oas31.ReferenceObject;
type OperationObject = oas31.OperationObject;
type Response = oas31.ResponseObject | oas31.ReferenceObject;

/** The only style there is; the page has no script, so the policy of the page allows none. */
export const DOCS_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const STYLE = `
:root{color-scheme:light dark;--line:#8884;--soft:#8881;--accent:#3566b8}
@media (prefers-color-scheme:dark){:root{--accent:#8db4f5}}
body{font:16px/1.55 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem 1.25rem 4rem}
h1{margin:.5rem 0 0}h2{margin:2.5rem 0 .5rem;border-bottom:1px solid var(--line)}h3{margin:0;font-size:1rem}
a{color:var(--accent)}code,pre{font:.9em ui-monospace,monospace}pre{background:var(--soft);padding:.75rem;overflow-x:auto;border-radius:6px}
article{border:1px solid var(--line);border-radius:8px;padding:1rem;margin:1rem 0}
.verb{display:inline-block;min-width:3.2rem;font-weight:700;color:var(--accent)}.role{float:right;font-size:.85rem;opacity:.8}
table{border-collapse:collapse;width:100%;font-size:.93rem}td,th{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-top:1px solid var(--line)}
summary{cursor:pointer}nav ul{columns:2;padding-left:1.2rem}`;

/** The OpenAPI document as one page that needs nothing from anywhere: it is read where there is no internet. */
export function docsPage(document: oas31.OpenAPIObject): string {
  const { info, tags = [] } = document;
  const sections = tags.map(({ name, description }) => section(document, name, description ?? ''));
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escape(info.title)} ${escape(info.version)}</title><style>${STYLE}</style></head><body>`,
    `<header><h1>${escape(info.title)}</h1><p>${escape(info.description ?? '')} Version ${escape(info.version)}. For programs: <a href="/openapi.json">openapi.json</a>.</p></header>`,
    `<nav><ul>${operationsOf(document).map(link).join('')}</ul></nav><main>`,
    ...sections,
    schemas(document),
    problems(),
    '</main></body></html>',
  ].join('\n');
}

interface Entry {
  readonly method: string;
  readonly path: string;
  readonly operation: OperationObject;
}

function operationsOf({ paths = {} }: oas31.OpenAPIObject): Entry[] {
  return Object.entries(paths).flatMap(([path, { get, post }]) => [
    ...(post === undefined ? [] : [{ method: 'post', path, operation: post }]),
    ...(get === undefined ? [] : [{ method: 'get', path, operation: get }]),
  ]);
}

function link({ path, method, operation }: Entry): string {
  return `<li><a href="#${escape(operation.operationId ?? '')}">${method.toUpperCase()} ${escape(path)}</a></li>`;
}

function section(document: oas31.OpenAPIObject, tag: string, description: string): string {
  const entries = operationsOf(document).filter(({ operation }) => operation.tags?.includes(tag));
  return `<section><h2>${escape(tag)}</h2><p>${escape(description)}</p>${entries.map(article).join('')}</section>`;
}

function article({ method, path, operation }: Entry): string {
  const { operationId = '', summary = '', description = '', security = [] } = operation;
  const role = security.length === 0 ? 'open' : `role ${String(operation['x-role'])}`;
  return [
    `<article id="${escape(operationId)}"><span class="role">${escape(role)}</span>`,
    `<h3><span class="verb">${method.toUpperCase()}</span> <code>${escape(path)}</code></h3><p><strong>${escape(summary)}</strong></p>`,
    ...description
      .split('\n\n')
      .filter(Boolean)
      .map((text) => `<p>${escape(text)}</p>`),
    parameters(operation),
    bodies(operation),
    responses(operation),
    '</article>',
  ].join('');
}

function parameters({ parameters: given = [] }: OperationObject): string {
  const rows = given.flatMap((parameter) =>
    'name' in parameter
      ? [[`${parameter.in} ${parameter.name}`, typeOf(parameter.schema), aboutOf(parameter)]]
      : [],
  );
  return rows.length === 0 ? '' : table(['parameter', 'type', ''], rows);
}

function aboutOf(parameter: oas31.ParameterObject): string {
  if (parameter.description !== undefined) return parameter.description;
  return parameter.schema !== undefined && 'description' in parameter.schema
    ? (parameter.schema.description ?? '')
    : '';
}

function bodies({ requestBody }: OperationObject): string {
  if (requestBody === undefined || !('content' in requestBody)) return '';
  return table(
    ['body', 'is'],
    Object.entries(requestBody.content).map(([type, { schema }]) => [type, typeOf(schema)]),
  );
}

function responses({ responses: given = {} }: OperationObject): string {
  const rows = Object.entries(given).map(([status, response]: [string, Response]) => {
    if ('$ref' in response) return [status, '', ''];
    const types = Object.values(response.content ?? {}).map(({ schema }) => typeOf(schema));
    return [status, [...new Set(types)].join(', '), response.description];
  });
  return table(['status', 'answer', ''], rows);
}

function schemas({ components }: oas31.OpenAPIObject): string {
  const all = Object.entries(components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<article id="schema-${escape(name)}"><details><summary><code>${escape(name)}</code></summary><pre>${escape(JSON.stringify(schema, null, 2))}</pre></details></article>`,
  );
  return `<section><h2>schemas</h2>${all.join('')}</section>`;
}

function problems(): string {
  const rows = Object.entries(PROBLEM_TITLES).map(
    ([code, title]) =>
      `<tr id="${escape(code)}"><td><code>${escape(code)}</code></td><td>${escape(title)}</td></tr>`,
  );
  return `<section><h2>problems</h2><p>The member <code>code</code> of a problem document.</p><table>${rows.join('')}</table></section>`;
}

function typeOf(schema: Schema | undefined): string {
  if (schema === undefined) return '';
  if ('$ref' in schema) return schema.$ref.split('/').at(-1) ?? '';
  if ('enum' in schema) return (schema.enum ?? []).map(String).join(' | ');
  return 'type' in schema ? String(schema.type) : 'any';
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((text) => `<th>${escape(text)}</th>`).join('');
  const body = rows.map(
    (row) => `<tr>${row.map((text) => `<td>${escape(text)}</td>`).join('')}</tr>`,
  );
  return `<table><tr>${head}</tr>${body.join('')}</table>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
