import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

import { parseRules } from '../../../src/bindings/parse-rules.ts';
import { KINDS, findShape } from '../../../src/catalogue/registry.ts';
import { FACTS } from '../../../src/catalogue/facts.ts';
import { matchesAny } from '../../../src/kit/glob.ts';
import { PolicyMetadata } from '../../../src/model/policy.ts';
import type { Policy } from '../../../src/model/policy.ts';
import { DIALECTS } from '../../../src/sources/source.ts';

const root = path.resolve(import.meta.dirname, '../../..');

interface Source extends Policy {
  readonly text: string;
}

const Head = z.object({ title: z.string(), description: z.string(), custom: PolicyMetadata });

const policies = readdirSync(path.join(root, 'policies'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /^[^/]+\/[^/]+\/[^/]+(?<!_test)\.rego$/.test(file) && !file.startsWith('lib/'))
  .map((file) => readPolicy(path.join('policies', file)));

const rules = parseRules(
  readdirSync(path.join(root, 'rules'))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => ({ file, text: readFileSync(path.join(root, 'rules', file), 'utf8') })),
  policies,
).rules;

function readPolicy(file: string): Source {
  const text = readFileSync(path.join(root, file), 'utf8');
  const comment = /^# METADATA\n((?:#.*\n)+)package (\S+)/.exec(text);
  if (comment === null) throw new Error(`${file} does not begin with METADATA of its package`);
  const head = Head.parse(parse((comment[1] ?? '').replaceAll(/^# ?/gm, '')));
  const folder = path.dirname(file);
  return {
    ...head.custom,
    title: head.title,
    description: head.description,
    package: comment[2] ?? '',
    entrypoint: `${folder}/violations`,
    folder,
    text,
  };
}

const Example = z.object({
  resources: z.array(z.object({ kind: z.string(), type: z.string().optional() })),
});

function exampleResources(folder: string) {
  const text = readFileSync(path.join(root, folder, 'examples.yaml'), 'utf8');
  const examples = z.record(z.string(), z.array(Example)).parse(parse(text));
  return Object.values(examples).flatMap((list) => list.flatMap(({ resources }) => resources));
}

describe('the policies that come with the gate', () => {
  it('are more than forty, each with an id of its own', () => {
    expect(policies.length).toBeGreaterThanOrEqual(44);
    expect(new Set(policies.map(({ id }) => id)).size).toBe(policies.length);
  });

  it.each(policies)('$id reads only facts that there are', ({ reads, requires }) => {
    const facts = [...reads, ...requires].filter((read) => read.startsWith('facts.'));
    expect(facts.filter((fact) => !Object.hasOwn(FACTS, fact.slice('facts.'.length)))).toEqual([]);
  });

  it.each(policies)('$id judges kinds that the catalogue knows', ({ kinds }) => {
    const unknown = kinds.filter((glob) => !KINDS.some(({ kind }) => matchesAny([glob], kind)));
    expect(unknown).toEqual([]);
  });

  it.each(policies)(
    '$id has examples of kinds and types that the catalogue knows',
    ({ folder }) => {
      const strangers = exampleResources(folder).filter(({ kind, type }) => {
        if (type === undefined)
          return kind.includes('.') && !KINDS.some((entry) => entry.kind === kind);
        return DIALECTS.every((dialect) => findShape(dialect, type)?.kind !== kind);
      });
      expect(strangers).toEqual([]);
    },
  );

  it.each(policies)('$id gives advice only for types that the catalogue knows', ({ text }) => {
    const advised = [...text.matchAll(/^\t"((?:aws|azurerm|google)_\w+)":/gm)].map(
      ([, type]) => type,
    );
    const known = new Set(KINDS.flatMap(({ shapes }) => shapes.terraform?.types ?? []));
    expect(advised.filter((type) => type !== undefined && !known.has(type))).toEqual([]);
  });
});

describe('the default rules', () => {
  it('bind every policy, but those that the readme says are switched off', () => {
    const readme = readFileSync(path.join(root, 'rules/README.md'), 'utf8');
    const bound = new Set(rules.map(({ policy }) => policy.id));
    const off = policies.filter(({ id }) => !bound.has(id)).map(({ id }) => id);
    expect(off.filter((id) => !readme.includes(id))).toEqual([]);
  });

  it.each(rules)('$id selects kinds that the catalogue knows', ({ match }) => {
    const unknown = (match.kinds ?? []).filter(
      (glob) => !KINDS.some(({ kind }) => matchesAny([glob], kind)),
    );
    expect(unknown).toEqual([]);
  });

  it('deny what is dangerous before it is applied', () => {
    const denied = rules
      .filter(({ enforce }) => enforce['pre-apply'] === 'deny')
      .map(({ policy }) => policy.id);
    for (const id of [
      'PC-ENC-001',
      'PC-NET-001',
      'PC-NET-003',
      'PC-NET-006',
      'PC-IAM-003',
      'PC-SEC-001',
      'PC-CHG-001',
    ])
      expect(denied).toContain(id);
  });
});
