// The rules that are compared: picked from the default set, written once as our rules and once as a Rego package for OPA.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { parseRules } from '../dist/bindings/parse-rules.js';
import { whyNot } from '../dist/bindings/match.js';
import { readRuleFiles } from '../dist/config/rule-files.js';
import { parse } from 'yaml';

const TRANSLATED = ['kinds', 'types', 'providers'];

/**
 * `count` of the default rules for plans, those that have something to say of the resources first. Left out are those that
 * judge a set as a whole or read related resources: OPA would need our selection rewritten for them.
 */
export function planRules(folder, policies, count, resources) {
  const busy = (rule) =>
    resources.some((resource) => whyNot(rule, resource) === undefined && applies(rule, resource));
  const rules = comparable(folder, policies).filter(
    ({ policy }) => !policy.kinds.every((kind) => kind.startsWith('kubernetes.')),
  );
  const picked = [
    ...rules.filter((rule) => busy(rule)),
    ...rules.filter((rule) => !busy(rule)),
  ].slice(0, count);
  if (picked.length < count)
    throw new Error(`only ${picked.length} of the default rules can be compared, not ${count}`);
  return picked;
}

/**
 * `count` rules for one review: the default ones that look at it, filled up with labels that must be there, so that the
 * number holds whatever the default set is.
 */
export function reviewRules(folder, policies, count, resource) {
  const defaults = comparable(folder, policies)
    .filter((rule) => whyNot(rule, resource) === undefined && applies(rule, resource))
    .slice(0, count);
  const more = Array.from({ length: count - defaults.length }, (_, i) => ({
    id: `bench.label-${i + 1}`,
    policy: 'PC-TAG-001',
    enforce: 'deny',
    parameters: { keys: [i % 2 === 0 ? 'owner' : `label-${i + 1}`] },
  }));
  const bound = parseRules([{ file: 'labels', text: JSON.stringify({ rules: more }) }], policies);
  return { rules: [...defaults, ...bound.rules], defaults: defaults.length };
}

function comparable(folder, policies) {
  const files = readRuleFiles([folder]);
  const written = new Map(
    files.flatMap(({ text }) => parse(text).rules).map((rule) => [rule.id, rule]),
  );
  return parseRules(files, policies)
    .rules.filter(({ policy }) => !policy.wholeSet && policy.related.length === 0)
    .filter(({ match, exclude }) => [match, exclude ?? {}].every(isTranslated))
    .map((rule) => ({ ...rule, written: written.get(rule.id) }));
}

/** What a selector of ours asks for that the Rego below can ask for too. */
function isTranslated(selector) {
  return Object.entries(selector).every(
    ([field, globs]) => TRANSLATED.includes(field) && globs.every((glob) => !/[*?]./.test(glob)),
  );
}

function applies({ policy }, resource) {
  return policy.requires.every(
    (at) => at.split('.').reduce((value, key) => value?.[key], resource) !== undefined,
  );
}

/** Our side: a folder of rules. @returns the folder */
export function writeRules(folder, rules) {
  mkdirSync(folder, { recursive: true });
  const documents = rules.map(
    ({ id, policy, written, parameters }) =>
      written ?? { id, policy: policy.id, enforce: 'deny', parameters },
  );
  writeFileSync(path.join(folder, 'rules.yaml'), JSON.stringify({ rules: documents }, null, 1));
  return folder;
}

/**
 * OPA's side: `data.main.deny` asks each policy with the resources that its rule looks at and its parameters, as our
 * gate does. Objects with `msg` are what Conftest wants too.
 */
export function mainPackage(rules) {
  const required = [...new Set(rules.flatMap(({ policy }) => policy.requires))];
  return [
    'package main',
    ...required.map((at, i) => requirement(at, i)),
    ...rules.map((rule) => ruleInRego(rule, required)),
    '',
  ].join('\n\n');
}

/** A value, or one that is still to come. */
function requirement(at, i) {
  const prefixes = at.split('.').map((_, end, keys) => keys.slice(0, end + 1).join('.'));
  return `_required_${i}(resource) if {
	resource.${at} != null
} else if {
	some unknown in resource.unknown
	unknown in ${set(prefixes)}
}`;
}

function ruleInRego({ id, policy, match, exclude, parameters }, required) {
  const conditions = [
    ...selected('kind', policy.kinds),
    `resource.action in ${set(policy.actions)}`,
    ...Object.entries(match).flatMap(([field, globs]) => selected(field.slice(0, -1), globs)),
    ...Object.entries(exclude ?? {}).flatMap(([field, globs]) =>
      selected(field.slice(0, -1), globs).map((condition) => `not ${condition}`),
    ),
    ...policy.requires.map((at) => `_required_${required.indexOf(at)}(resource)`),
  ];
  return `deny contains finding if {
	judged := [resource |
		some resource in input.resources
${conditions.map((condition) => `\t\t${condition}`).join('\n')}
	]
	count(judged) > 0
	some violation in data.${policy.package}.violations with input as {
		"resources": judged,
		"related": [],
		"parameters": ${JSON.stringify(parameters)},
		"context": {},
		"now": "2026-11-22T08:00:00Z",
	}
	finding := {"rule": ${JSON.stringify(id)}, "msg": violation.message, "address": violation.address, "path": violation.path}
}`;
}

function selected(field, globs) {
  if (globs.includes('*')) return [];
  if (globs.every((glob) => !glob.includes('*'))) return [`resource.${field} in ${set(globs)}`];
  const prefixes = globs.map((glob) => glob.replace(/\*$/, ''));
  return [`strings.any_prefix_match(resource.${field}, ${JSON.stringify(prefixes)})`];
}

function set(words) {
  return `{${words.map((word) => JSON.stringify(word)).join(', ')}}`;
}
