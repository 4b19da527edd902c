import { stringify } from 'yaml';

import type { Policy } from '../../model/policy.ts';
import type { BadExample, Example, Examples } from './examples/schema.ts';

/** The page of a policy, Markdown: what it wants, how to mend a violation, parameters, examples. */
export function page(policy: Policy, examples: Examples | undefined): string {
  const parts = [
    `# ${policy.title}`,
    facts(policy),
    policy.deprecated === undefined ? undefined : `**Deprecated.** ${policy.deprecated}`,
    policy.description,
    `## How to mend it\n\n${policy.remedy}`,
    parameters(policy),
    controls(policy),
    examples && examplesOf(examples),
    '<!-- Made by `portcullis policy docs`. Change the policy or its examples, not this file. -->',
  ];
  return `${parts.filter((part) => part !== undefined).join('\n\n')}\n`;
}

function facts({ id, severity, kinds, related, actions, requires }: Policy): string {
  const rows = [
    ['Id', `\`${id}\``],
    ['Severity', severity],
    ['Judges', code(kinds)],
    ['Reads besides', code(related)],
    ['On', actions.join(', ')],
    ['Applies to resources with', code(requires)],
  ];
  const lines = rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `| ${name} | ${value} |`);
  return ['| | |', '| --- | --- |', ...lines].join('\n');
}

function code(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ');
}

function parameters(policy: Policy): string | undefined {
  const entries = Object.entries(policy.parameters);
  if (entries.length === 0) return undefined;
  const rows = entries.map(([name, { description, default: fallback, ...schema }]) => {
    const cells = [
      `\`${name}\``,
      cell(description),
      `\`${cell(schema)}\``,
      fallback === undefined ? 'required' : `\`${cell(fallback)}\``,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '## Parameters',
    '',
    '| Name | What it is | Schema | Default |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** A value for a table: a bar or a line break would end the cell. */
function cell(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim();
}

function controls(policy: Policy): string | undefined {
  if (policy.controls.length === 0) return undefined;
  const rows = policy.controls.map(({ framework, control, url }) =>
    url === undefined ? `- ${framework}: ${control}` : `- ${framework}: [${control}](${url})`,
  );
  return ['## Serves', '', ...rows].join('\n');
}

function examplesOf(examples: Examples): string {
  const sections = [
    section('Good', examples.good),
    section('Bad', examples.bad),
    section('Unknown until apply', examples.unknown),
    section('Does not apply', examples['not-applicable']),
  ];
  return ['## Examples', ...sections.filter((text) => text !== undefined)].join('\n\n');
}

function section(title: string, examples: readonly (Example | BadExample)[]): string | undefined {
  if (examples.length === 0) return undefined;
  return [`### ${title}`, ...examples.map(example)].join('\n\n');
}

function example(one: Example | BadExample): string {
  const shown = {
    ...(one.parameters !== undefined && { parameters: one.parameters }),
    resources: one.resources,
    ...('violations' in one && { violations: one.violations }),
  };
  const name = `${one.name.charAt(0).toUpperCase()}${one.name.slice(1)}`;
  return `${name}:\n\n\`\`\`yaml\n${stringify(shown, { lineWidth: 100 }).trimEnd()}\n\`\`\``;
}
