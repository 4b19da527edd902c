import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { RepairStatus } from '../../src/repair/ports.ts';
import { ROOT } from '../e2e/cli.ts';
import { runCustodian } from './custodian/custodian.ts';
import { FAULTS, wrong } from './custodian/faults.ts';
import type { Fault } from './custodian/faults.ts';
import { startMoto } from './custodian/moto.ts';
import type { Listing, Moto } from './custodian/moto.ts';
import { disagreeing, harmed, taggedBy } from './custodian/outcome.ts';
import type { Outcome, Written } from './custodian/outcome.ts';
import { findPeers } from './custodian/peers.ts';
import type { Peers } from './custodian/peers.ts';
import { openPortcullis } from './custodian/portcullis.ts';
import type { Portcullis } from './custodian/portcullis.ts';
import { startProxy } from './custodian/proxy.ts';
import { documentOf, tableOf, WRITE } from './custodian/report.ts';

const SLOW = 400_000;
const LEAST_RESOURCES = 40;
/** Three batches of two values each; throttles cost retries, and halving one a dozen calls at most. */
const MOST_WRITES = 30;
/** A step that is not under way any more. */
const CLOSED = ['verified', 'failed', 'skipped', 'unresolved'];

const found = findPeers();

describe.skipIf(found === undefined)('side by side with Cloud Custodian', () => {
  const outcomes: Outcome[] = [];
  let peers: Peers;
  let moto: Moto;
  let portcullis: Portcullis;
  let resources = 0;

  beforeAll(async () => {
    peers = found!;
    moto = await startMoto(peers);
    portcullis = await openPortcullis();
  }, SLOW);

  afterAll(async () => {
    await (portcullis as Portcullis | undefined)?.close();
    await (moto as Moto | undefined)?.stop();
  });

  it('finds the same resources', { timeout: SLOW }, async () => {
    const estate = await moto.seed();
    resources = estate.length;
    const { found: ids, said } = await runCustodian(peers, moto.url, false);
    expect(said).toBe('exit 0, no error logged');
    const byCustodian = estate.filter(({ id, arn }) => ids.includes(id) || ids.includes(arn));
    const byPortcullis = await portcullis.find(estate);

    expect(resources).toBeGreaterThanOrEqual(LEAST_RESOURCES);
    expect(byCustodian).toHaveLength(ids.length);
    expect([...byPortcullis].sort()).toEqual(byCustodian.map(({ arn }) => arn).sort());
    expect([...byPortcullis].sort()).toEqual(wrong(estate).sort());
  });

  describe.each(FAULTS)('$name: $what', (fault) => {
    it('is measured for Cloud Custodian', { timeout: SLOW }, async () => {
      const { outcome } = await measured(fault, 'Cloud Custodian', async ({ url }) => {
        const { said } = await runCustodian(peers, url, true);
        return { said };
      });
      outcomes.push(outcome);
      // Without this nothing would be compared: it must reach what it found.
      if (fault.name === 'none') expect(outcome.tagged).toBe(outcome.wrong);
    });

    it('costs Portcullis no tag of others, and every resource has a result', async () => {
      const { outcome, first, before, tagged } = await measured(
        fault,
        'Portcullis',
        async ({ url, estate, meanwhile }) => {
          const status = await portcullis.mend(estate, url, meanwhile);
          return { said: saying(status), status };
        },
      );
      outcomes.push(outcome);
      const { steps = [], run } = first.status ?? {};

      expect(outcome.harmed).toEqual([]);
      expect(outcome.disagreeing).toBe(0);
      expect(run?.state).toBe('done');
      expect(addresses(steps)).toEqual(wrong(before).sort());
      expect(steps.filter(({ state }) => !CLOSED.includes(state))).toEqual([]);
      const verified = steps.filter(({ state }) => state === 'verified');
      expect(addresses(verified)).toEqual(tagged.sort());
      expect(outcome.writes).toBeLessThanOrEqual(MOST_WRITES);
      const stays = wrong(before).filter((arn) => fault.stays?.(arn) === true);
      expect(outcome.leftAfterSecond).toBe(stays.length);
    });
  });

  it('is told in a table', async () => {
    console.log(tableOf(outcomes));
    expect(outcomes).toHaveLength(FAULTS.length * 2);
    if (process.env[WRITE] === undefined) return;
    mkdirSync(path.join(ROOT, 'docs'), { recursive: true });
    const text = await documentOf(outcomes, peers, resources);
    writeFileSync(path.join(ROOT, 'docs/custodian.md'), text);
  });

  interface Stage {
    readonly url: string;
    readonly estate: Listing;
    readonly meanwhile?: () => Promise<void>;
  }
  interface Result {
    readonly said: string;
    readonly status?: RepairStatus;
  }

  /** One run, a second where the first left something, and what moto has after each. */
  async function measured(
    fault: Fault,
    tool: Outcome['tool'],
    run: (stage: Stage) => Promise<Result>,
  ) {
    const before = await moto.seed();
    const others: Written[] = [];
    const trouble = fault.begin(before, async (arns, tags) => {
      others.push({ arns, tags });
      await moto.tag(arns, tags);
    });
    const meanwhile = once(trouble.meanwhile);
    const proxy = await startProxy(moto.url, async (call) => {
      // It looks and writes in one run; its first write is the last moment between them.
      if (tool === 'Cloud Custodian') await meanwhile();
      return await trouble.weather(call);
    });
    try {
      const { url } = proxy;
      const first = await run({ url, estate: before, meanwhile });
      const writes = proxy.writes();
      const after = await moto.list();
      const tagged = taggedBy(before, after, others);
      const outcome: Outcome = {
        fault,
        tool,
        wrong: wrong(before).length,
        tagged: tagged.length,
        harmed: harmed(before, after, others),
        disagreeing: disagreeing(after, tagged).length,
        writes,
        said: first.said,
        leftAfterSecond: await leftBySecond(after, () => run({ url, estate: after })),
      };
      return { outcome, first, before, tagged };
    } finally {
      await proxy.close();
    }
  }

  async function leftBySecond(after: Listing, again: () => Promise<Result>): Promise<number> {
    if (wrong(after).length === 0) return 0;
    await again();
    return wrong(await moto.list()).length;
  }
});

function once(work: () => Promise<void> = () => Promise.resolve()): () => Promise<void> {
  let done: Promise<void> | undefined;
  return async () => await (done ??= work());
}

function addresses(steps: RepairStatus['steps']): string[] {
  return steps.map(({ change }) => change.address).sort();
}

function saying({ tally }: RepairStatus): string {
  return Object.entries(tally)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ');
}
