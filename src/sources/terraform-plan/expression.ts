import { joinPath } from '../../kit/paths.ts';
import { isRecord } from '../../kit/record.ts';

/**
 * An expression as plan JSON writes it: `{constant_value}`, `{references}`, `{}` for one without either, or for blocks
 * a list of objects whose members are expressions again.
 */
export function isExpression(value: unknown): value is Record<string, unknown> {
  if (!isRecord(value)) return false;
  if ('constant_value' in value || Array.isArray(value['references'])) return true;
  return Object.keys(value).length === 0;
}

/** The constant of an expression, or undefined when it has none. */
export function constantOf(expression: unknown): unknown {
  return isRecord(expression) ? expression['constant_value'] : undefined;
}

/**
 * What an expression, or all expressions of a block, refer to. Terraform writes a reference and then each shorter form
 * of it (`a.b[0].id`, `a.b[0]`, `a.b`); only the longest is kept.
 */
export function referencesOf(expression: unknown): string[] {
  const references: string[] = [];
  collect(expression, references);
  return [...new Set(references)];
}

function collect(expression: unknown, into: string[]): void {
  if (Array.isArray(expression)) {
    for (const block of expression) collect(block, into);
    return;
  }
  if (!isRecord(expression)) return;
  const references = expression['references'];
  if (Array.isArray(references)) into.push(...longest(references));
  else if (!('constant_value' in expression))
    Object.values(expression).forEach((inner) => collect(inner, into));
}

function longest(references: readonly unknown[]): string[] {
  const kept: string[] = [];
  let previous = '';
  for (const reference of references) {
    if (typeof reference !== 'string') continue;
    if (!isShorterForm(reference, previous)) kept.push(reference);
    previous = reference;
  }
  return kept;
}

function isShorterForm(reference: string, previous: string): boolean {
  return previous.startsWith(reference) && /^[.[]/.test(previous.slice(reference.length));
}

/**
 * The paths that the code of a block sets. Blocks made by `dynamic` are not in the plan's configuration, so they are
 * missing here as well.
 */
export function writtenPaths(expressions: unknown): string[] {
  const paths: string[] = [];
  collectWritten(expressions, '', paths);
  return paths;
}

function collectWritten(value: unknown, path: string, paths: string[]): void {
  if (path !== '' && isExpression(value)) paths.push(path);
  else if (Array.isArray(value))
    value.forEach((block, at) => collectWritten(block, joinPath(path, at), paths));
  else if (isRecord(value)) {
    for (const key in value) collectWritten(value[key], joinPath(path, key), paths);
  }
}
