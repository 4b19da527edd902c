import path from 'node:path';

import { matches, whyNot } from '../../bindings/match.ts';
import type { Rule, RuleSet } from '../../bindings/rule.ts';
import type { Point } from '../../model/point.ts';
import type { Resource } from '../../model/resource.ts';
import { printable, printableValue } from '../../report/printable.ts';
import { redactorOf } from '../../redact/document.ts';
import { hiddenAt } from '../../redact/violation.ts';
import { joinPath } from '../../kit/paths.ts';
import { CliError } from '../errors.ts';

export interface ExplainRequest {
  readonly address: string;
  readonly resources: readonly Resource[];
  readonly rules: RuleSet;
  readonly point: Point;
  readonly cwd: string;
}

/** What the gate knows of one resource, which rules look at it, and why the others do not. */
export function explain(request: ExplainRequest): string {
  const resource = find(request);
  const looking = request.rules.rules.filter((rule) => matches(rule, resource));
  const others = request.rules.rules.filter((rule) => !matches(rule, resource));
  const text = [
    `${printable(resource.address)}  ${resource.kind} (${printable(resource.type)}), ${resource.action}`,
    ...facts(resource),
    '',
    `${looking.length} of ${request.rules.rules.length} rules look at it:`,
    ...looking.map((rule) => `  ${ruleText(rule, request)}`),
    '',
    `${others.length} do not:`,
    ...others.map((rule) => `  ${rule.id}: ${whyNot(rule, resource)}`),
    '',
  ].join('\n');
  return redactorOf(request.resources).text(text);
}

function find({ address, resources }: ExplainRequest): Resource {
  const resource = resources.find((candidate) => candidate.address === address);
  if (resource !== undefined) return resource;
  const near = resources.filter((candidate) => candidate.address.includes(address)).slice(0, 10);
  const listed = (near.length > 0 ? near : resources.slice(0, 10)).map((candidate) =>
    printable(candidate.address),
  );
  throw new CliError('INPUT_UNREADABLE', `the document has no resource ${printable(address)}`, {
    help:
      listed.length === 0
        ? 'It has no resources at all.'
        : `It has ${listed.join(', ')}${resources.length > listed.length ? ', …' : ''}.`,
  });
}

function facts(resource: Resource): string[] {
  const shown = (base: string, values: Readonly<Record<string, unknown>>) =>
    Object.entries(values).map(([key, value]) => {
      const hidden = hiddenAt(joinPath(base, key), value, resource);
      return `${key}=${hidden ?? printableValue(value, 60)}`;
    });
  const line = (name: string, entries: readonly string[]) =>
    entries.length === 0 ? [] : [`  ${name}  ${entries.join(', ')}`];
  return [
    ...line('tags   ', shown('tags', resource.tags)),
    ...line('facts  ', shown('facts', resource.facts)),
    ...line('unknown', resource.unknown.map(printable)),
  ];
}

function ruleText(
  { id, policy, enforce, unknown, file, line }: Rule,
  { point, cwd }: ExplainRequest,
): string {
  const leads =
    enforce[point] === unknown[point]
      ? enforce[point]
      : `${enforce[point]}, unknown: ${unknown[point]}`;
  return `${id}: ${policy.id} ${policy.title} → ${leads} (${path.relative(cwd, file)}:${line})`;
}
