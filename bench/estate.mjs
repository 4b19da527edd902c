// A made-up estate of any size, page by page, so that it is never in memory as a whole. Its resources are those of the fixtures
// for live resources (items of AWS Config, resources of Azure, assets of Google), each with a name and tags of its own.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { random } from './numbers.mjs';
import { ROOT } from './targets.mjs';

const FIXTURES = path.join(ROOT, 'fixtures/live-pairs');
const CLOUDS = { aws: 'aws', azure: 'azure', google: 'gcp' };
const ACCOUNTS = 4;
/** Stands for the number of a resource in the texts of the fixtures; in no text of theirs by itself. */
const NUMBER = '-n0u1m2b3e4r';
/** One in ten is spelt in a way that a repair mends. */
const ENVIRONMENTS = [...Array(3).fill(['production', 'staging', 'development']).flat(), 'prod'];
const AT = '2026-11-25T00:00:00.000Z';

/** What the fixtures of one cloud hold, as texts that wait for a number. */
function templates(cloud) {
  const folder = path.join(FIXTURES, cloud);
  return readdirSync(folder).flatMap((name) => {
    const live = JSON.parse(readFileSync(path.join(folder, name, 'live.json'), 'utf8'));
    return [live].flat().map((one) => template(one));
  });
}

function template({ address, ...live }) {
  const name = address.split(/[/:]/).at(-1);
  const text = JSON.stringify(live)
    .replaceAll(address, `${address}${NUMBER}`)
    .replaceAll(JSON.stringify(name), JSON.stringify(`${name}${NUMBER}`));
  return { address, parts: text.split(NUMBER), tagged: live.tags };
}

/**
 * A scripted inventory of so many resources.
 *
 * @returns an `Inventory`, and `pages()` for those who want the resources alone
 */
export function makeEstate(size, pageSize = 500) {
  const partitions = Object.keys(CLOUDS).flatMap((cloud) => {
    const of = templates(cloud);
    return Array.from({ length: ACCOUNTS }, (_, account) => ({ cloud, account, of }));
  });
  const share = Math.ceil(size / partitions.length);
  const sizeOf = (index) => Math.max(0, Math.min(share, size - index * share));
  const keys = partitions.map(({ cloud, account }) => `${cloud}/${account}`);
  const read = (index, from) => {
    const until = Math.min(from + pageSize, sizeOf(index));
    const resources = [];
    for (let at = from; at < until; at++)
      resources.push(make(partitions[index], index * share + at));
    return { resources, ...(until < sizeOf(index) ? { next: String(until) } : {}) };
  };
  return {
    name: 'estate',
    adapter: 'scripted',
    plan: async () => ({
      partitions: keys.map((key, index) => ({
        key,
        scope: { account: key },
        expected: sizeOf(index),
      })),
      gaps: [],
      accounts: keys,
    }),
    read: async ({ key }, cursor) => read(keys.indexOf(key), Number(cursor ?? 0)),
    close: async () => undefined,
    pages: function* () {
      for (const index of keys.keys())
        for (let from = 0; from < sizeOf(index); from += pageSize)
          yield read(index, from).resources;
    },
  };
}

function make({ cloud, account, of }, number) {
  const { address, parts } = of[number % of.length];
  const { dialect, type, scope, attributes } = JSON.parse(parts.join(`-${number}`));
  return {
    resource: {
      address: `${address}-${number}`,
      type,
      provider: CLOUDS[cloud],
      dialect,
      action: 'present',
      scope: { ...scope, ...accountOf(cloud, account) },
      attributes,
      unknown: [],
      sensitive: [],
      references: [],
      tags: { state: 'known', values: tagsOf(number) },
    },
    capturedAt: AT,
    createdAt: AT,
    parents: [`${cloud}/${account}/${number % 50}`],
    // Repairs ask who made it: of every other one it is known.
    ...(number % 2 === 0 ? {} : { createdBy: { name: `person-${number % 500}` } }),
  };
}

function accountOf(cloud, account) {
  if (cloud === 'azure') return { subscription: `00000000-0000-0000-0000-00000000000${account}` };
  return cloud === 'aws' ? { account: `10000000000${account}` } : { project: `project-${account}` };
}

/** A third has none; the others have some of what is asked for, and some of what is not. */
function tagsOf(number) {
  const chance = random(number);
  if (chance() < 1 / 3) return {};
  const one = (words) => words[Math.floor(chance() * words.length)];
  return {
    ...(chance() < 0.9 ? { owner: `team-${Math.floor(chance() * 60)}` } : {}),
    ...(chance() < 0.9 ? { 'cost-center': String(4000 + Math.floor(chance() * 40)) } : {}),
    ...(chance() < 0.9 ? { environment: one(ENVIRONMENTS) } : {}),
    ...(chance() < 0.3 ? { service: `service-${Math.floor(chance() * 300)}` } : {}),
  };
}
