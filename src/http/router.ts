import { HttpError } from './errors.ts';
import { OPERATIONS } from './operations.ts';
import type { Operation } from './operation.ts';
import type { OperationId } from './operations.ts';

/** The operation that an address means, with the parts of the path that vary. */
export interface Match {
  readonly id: OperationId;
  readonly operation: Operation;
  readonly parameters: Readonly<Record<string, string>>;
}

const TABLE = new Map(Object.entries<Operation>(OPERATIONS));

/** Decided without Express, which costs more than a small decision. */
const EXACT = new Map(
  [...TABLE]
    .filter(([, { path }]) => !path.includes('{'))
    .map(([id, { method, path }]) => [`${method} ${path}`, id]),
);

/**
 * @param method as it came, `GET`; HEAD is answered as GET.
 * @returns `undefined` when no operation has this path.
 * @throws HttpError METHOD_NOT_ALLOWED when one has, with another method.
 */
export function matchOperation(method: string | undefined, path: string): Match | undefined {
  const wanted = method === 'HEAD' ? 'get' : (method ?? '').toLowerCase();
  const exact = EXACT.get(`${wanted} ${path}`);
  if (exact !== undefined) return toMatch(exact, {});
  const fitting = [...TABLE].flatMap(([id, operation]) => {
    const parameters = parametersOf(operation, path);
    return parameters === undefined ? [] : [{ id, operation, parameters }];
  });
  if (fitting.length === 0) return undefined;
  const found = fitting.find(({ operation }) => operation.method === wanted);
  if (found === undefined) throw notAllowed(fitting.map(({ operation }) => operation.method));
  return toMatch(found.id, found.parameters);
}

function toMatch(id: string, parameters: Readonly<Record<string, string>>): Match | undefined {
  return isOperation(id) ? { id, operation: OPERATIONS[id], parameters } : undefined;
}

function isOperation(id: string): id is OperationId {
  return Object.hasOwn(OPERATIONS, id);
}

/** `{kind}.{format}` */
const MIXED = /^\{(\w+)\}[.]\{(\w+)\}$/;

function parametersOf(operation: Operation, path: string): Record<string, string> | undefined {
  const wanted = operation.path.split('/');
  const given = operation.tail === true ? tailed(path, wanted.length) : path.split('/');
  if (wanted.length !== given.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    const found = name === undefined ? pairOf(part, value) : nonEmpty(name, value);
    if (found === undefined) return undefined;
    Object.assign(parameters, found);
  }
  return parameters;
}

function nonEmpty(name: string, value: string): Record<string, string> | undefined {
  return value === '' ? undefined : { [name]: decodeURIComponent(value) };
}

/** A part without parameters, or one of two with a dot between: the first dot of the value parts them. */
function pairOf(part: string, value: string): Record<string, string> | undefined {
  const [, first, second] = MIXED.exec(part) ?? [];
  if (first === undefined || second === undefined) return part === value ? {} : undefined;
  const dot = value.indexOf('.');
  if (dot < 1 || dot === value.length - 1) return undefined;
  return {
    [first]: decodeURIComponent(value.slice(0, dot)),
    [second]: decodeURIComponent(value.slice(dot + 1)),
  };
}

/** Split into so many parts, the last of which may hold slashes. */
function tailed(path: string, count: number): string[] {
  const parts = path.split('/');
  return parts.length < count
    ? parts
    : [...parts.slice(0, count - 1), parts.slice(count - 1).join('/')];
}

function notAllowed(methods: readonly string[]): HttpError {
  const allow = methods
    .map((method) => (method === 'get' ? 'GET, HEAD' : method.toUpperCase()))
    .join(', ');
  return new HttpError('METHOD_NOT_ALLOWED', `This address takes ${allow}.`, {
    headers: { allow },
  });
}
