import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { compose } from '../../src/compose.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Decision } from '../../src/model/decision.ts';
import type { Point } from '../../src/model/point.ts';
import { ledgerPlace } from '../../src/ledger/place.ts';
import { Impact } from '../../src/replay/impact/model.ts';
import { SourceError } from '../../src/sources/errors.ts';
import { SAMPLES } from '../samples.ts';
import { POLICY_CACHE, portcullis, ROOT, temporaryFolder } from './cli.ts';

const SLOW = 300_000;
const FIXTURES = ['terraform-plan', 'kubernetes-manifest', 'kubernetes-admission'];
const DOCUMENT = /(plan|manifests|review)\.(json|yaml)$/;

const place = temporaryFolder();
const data = path.join(place.folder, 'data');
const env = {
  PORTCULLIS_DATA: data,
  PORTCULLIS_POLICIES__CACHE: POLICY_CACHE,
  PORTCULLIS_LEDGER__INPUTS: 'redacted',
};
const replay = (...args: string[]) => portcullis(['replay', ...args], { env, cwd: place.folder });

/** Every document below a folder. */
function below(folder: string, wanted: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => wanted.test(file) && statSync(file).isFile())
    .sort();
}

const fixtures: Decision[] = [];
const samples: Decision[] = [];

beforeAll(async () => {
  const gateway = await compose(loadConfig({ env, cwd: place.folder }), { record: true });
  const asked: Ask = async (file, point, actor) => {
    try {
      const bytes = readFileSync(file);
      return [
        await gateway.decide({ bytes, point, context: { actor }, name: path.basename(file) }),
      ];
    } catch (error) {
      // Some samples are there to be refused.
      if (error instanceof SourceError) return [];
      throw error;
    }
  };
  for (const source of FIXTURES)
    for (const file of below(path.join(ROOT, 'fixtures', source), DOCUMENT)) {
      const point = source === 'terraform-plan' ? 'pre-apply' : 'admission';
      fixtures.push(...(await asked(file, point, 'fixtures')));
    }
  await sampleDecisions(asked);
  await gateway.close();
}, SLOW);
afterAll(place.dispose);

type Ask = (file: string, point: Point, actor: string) => Promise<Decision[]>;

async function sampleDecisions(asked: Ask) {
  if (SAMPLES === undefined) return;
  const files = ['terraform-plan', 'kubernetes', 'admissionreview'].flatMap((folder) =>
    below(path.join(SAMPLES ?? '', folder), /\.(json|ya?ml)$/),
  );
  // The same plans are asked about by several pipelines, as they are.
  for (const actor of ['ada', 'grace', 'edsger', 'barbara', 'donald'])
    for (const file of files) samples.push(...(await asked(file, 'pre-apply', actor)));
}

/** The rules that come with Portcullis, each with one word of its own. */
function candidateRules(name: string, change: (text: string) => string): string {
  const folder = path.join(place.folder, name);
  cpSync(path.join(ROOT, 'rules'), folder, { recursive: true });
  for (const file of below(folder, /\.ya?ml$/))
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  return folder;
}

function enforced(text: string, enforcement: string): string {
  return text.replaceAll(/\benforce: (\w+|\{[^}]*\})/g, `enforce: ${enforcement}`);
}

async function impactOf(...args: string[]): Promise<{ code: number | null; impact: Impact }> {
  const { code, stdout, stderr } = await replay(...args, '--output', 'json');
  expect(stderr).not.toContain('broke');
  return { code, impact: Impact.parse(JSON.parse(stdout)) };
}

describe('a stored decision', () => {
  it(
    'replays to the identical verdicts, whatever fixture it is of',
    async () => {
      expect(fixtures.length).toBeGreaterThan(20);
      const { replayStored } = await import('../../src/cli/replay/identical.ts');
      const { openLedgerAccess } = await import('../../src/ledger/open.ts');
      const config = loadConfig({ env, cwd: place.folder });
      const access = await openLedgerAccess(ledgerPlace(config), () => new Date());
      const ledger = access.reader;
      for (const { id, document } of fixtures) {
        const record = await ledger.get(id);
        if (record?.decision === undefined) throw new Error('its body is there');
        const answer = await replayStored(config, ledger, record);
        expect({ ...answer, untold: [] }, document.name).toEqual({
          ...{ id, result: 'identical', differences: [], untold: [], missing: [] },
          decision: { recorded: record.decision.decision, replayed: record.decision.decision },
        });
      }
      await access.close();
    },
    SLOW,
  );

  it('replays by the built command line, and says what is missing where something is', async () => {
    const [first] = fixtures;
    const same = await replay(first!.id);
    expect([same.code, same.stdout]).toEqual([0, expect.stringContaining('IDENTICAL')]);
    const rules = candidateRules('other', (text) => enforced(text, 'warn'));
    const other = await replay(first!.id, '--rules', rules);
    expect(other.code).toBe(2);
    expect(other.stdout).toContain(`the rules ${first!.rules.digest} that made it are not here`);
  });
});

describe('the impact of other rules', () => {
  it(
    'is nothing where they are those in force',
    async () => {
      const { code, impact } = await impactOf('--rules', path.join(ROOT, 'rules'));
      const { decisions } = impact;
      expect([code, decisions.replayed]).toEqual([0, fixtures.length + samples.length]);
      // Rules that are as they were keep what was recorded, so nothing is untold either.
      expect({ ...decisions, distinct: 0 }).toEqual({
        ...{ read: decisions.replayed, replayed: decisions.replayed, distinct: 0 },
        ...{ toDeny: 0, toAllow: 0, toUnknown: 0, newWarnings: 0, goneWarnings: 0 },
        unchanged: decisions.replayed,
      });
      expect(impact.untold).toEqual([]);
    },
    SLOW,
  );

  it(
    'is whom they would have stopped, in every format',
    async () => {
      const strict = candidateRules('strict', (text) => enforced(text, 'deny'));
      const [markdown, html] = ['impact.md', 'impact.html'];
      const { code, impact } = await impactOf(
        ...['--rules', strict, '--output', `markdown=${markdown}`, '--output', `html=${html}`],
      );
      expect(code).toBe(1);
      expect(impact.decisions.toDeny).toBeGreaterThan(0);
      expect(impact.decisions.toAllow).toBe(0);
      expect(impact.rules.every(({ resources }) => resources.length > 0)).toBe(true);
      const text = readFileSync(path.join(place.folder, markdown), 'utf8');
      expect(text).toContain(
        `${impact.decisions.toDeny} of ${impact.decisions.replayed} decisions`,
      );
      const page = readFileSync(path.join(place.folder, html), 'utf8');
      expect(page).toContain('<h2>By rule</h2>');
      expect(page).not.toMatch(/<script|javascript:|\son\w+=|src=|href=/i);
      const loose = await replay('--rules', strict, '--fail-on', 'none');
      expect([loose.code, loose.stdout]).toEqual([0, expect.stringContaining('would be denied')]);
    },
    SLOW,
  );

  it(
    'is whom they would have let through',
    async () => {
      const lax = candidateRules('lax', (text) => enforced(text, 'record'));
      const { code, impact } = await impactOf('--rules', lax, '--point', 'pre-apply');
      expect(code).toBe(0);
      expect(impact.decisions.toAllow).toBeGreaterThan(0);
      expect(
        impact.flips.every(({ from, point }) => from === 'deny' && point === 'pre-apply'),
      ).toBe(true);
    },
    SLOW,
  );

  it.skipIf(SAMPLES === undefined)(
    'judges 200 real decisions, each input once',
    async () => {
      expect(samples.length).toBeGreaterThanOrEqual(200);
      const { impact } = await impactOf(
        '--rules',
        path.join(ROOT, 'rules'),
        '--point',
        'pre-apply',
      );
      expect(impact.decisions.distinct).toBeLessThanOrEqual(impact.decisions.replayed / 3);
    },
    SLOW,
  );

  it(
    'is no answer where nothing was kept, nor where there is nothing to try',
    async () => {
      const none = await replay('--rules', path.join(ROOT, 'rules'), '--since', '2999-01-01');
      expect([none.code, none.stderr]).toEqual([
        2,
        expect.stringContaining('no decision could be'),
      ]);
      const nothing = await replay();
      expect([nothing.code, nothing.stderr]).toEqual([3, expect.stringContaining('--policies')]);
      const broken = path.join(place.folder, 'broken');
      mkdirSync(broken);
      writeFileSync(
        path.join(broken, 'a.yaml'),
        'rules: [{id: x, policy: PC-NO-999, enforce: deny}]',
      );
      const wrong = await replay('--rules', broken);
      expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('PC-NO-999')]);
    },
    SLOW,
  );
});
