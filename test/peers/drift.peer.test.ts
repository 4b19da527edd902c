import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { FAKE_KEYS, startFakeAws } from '../../src/clouds/fakes/aws/index.ts';
import { composeFleetAlone } from '../../src/compose-fleet.ts';
import type { Fleet } from '../../src/fleet/fleet.ts';
import type { FindingView, SweepView } from '../../src/fleet/views.ts';
import { Decision } from '../../src/model/decision.ts';
import { configOf, makePlace, openGateway, serve } from '../e2e/gate.ts';
import type { Place } from '../e2e/gate.ts';
import { REGION } from './aws/estate.ts';
import { MOTO_ACCOUNT, motoFor, startMoto } from './aws/moto.ts';
import type { Moto } from './aws/moto.ts';
import { accountOn } from './drift/account.ts';
import type { Account } from './drift/account.ts';
import { BUCKET, RULES, shop, TAGS } from './drift/code.ts';
import { mirrorsFor } from './terraform/peers.ts';
import { makeWorkspace } from './terraform/workspace.ts';
import type { Workspace } from './terraform/workspace.ts';

const STORY = 'drift from code, from the gate to a clean plan';
const mirror = mirrorsFor(STORY, 'aws');
const server = motoFor(STORY);
/** Each step waits for several plans of Terraform, and the provider alone takes half a minute to start on a busy machine. */
const SLOW = { timeout: 600_000 };
const ACTOR = 'ada';
const BUCKET_ARN = `arn:aws:s3:::${BUCKET}`;

/** One story: every step stands on the one before. */
describe.skipIf(mirror === undefined || server === undefined)(STORY, SLOW, () => {
  let moto: Moto;
  let account: Account;
  let workspace: Workspace;
  let place: Place;
  let decision: Decision;
  let volumeArn: string;

  beforeAll(async () => {
    moto = await startMoto(server!);
    account = accountOn(moto.url);
    place = makePlace();
    writeFileSync(path.join(place.folder, 'rules/owner.yaml'), RULES);
    workspace = makeWorkspace(mirror!, {});
    workspace.write(shop(moto.url));
    const { code, stderr } = await workspace.sh('terraform init -input=false');
    expect([code, stderr]).toEqual([0, '']);
  });

  afterAll(async () => {
    // A setup that failed half-way left some of them undefined.
    (workspace as Workspace | undefined)?.dispose();
    (place as Place | undefined)?.dispose();
    (account as Account | undefined)?.close();
    await (moto as Moto | undefined)?.stop();
  });

  it('the gate allows the plan, and it is applied', async () => {
    await terraform('terraform plan -out tfplan && terraform show -json tfplan >tfplan.json');
    decision = await askTheGate();
    expect([decision.decision, decision.document.resources]).toEqual(['allow', 3]);
    await terraform('terraform apply tfplan');
    expect(await drifted()).toBe(false);
    const { stdout } = await workspace.sh('terraform output -raw volume');
    volumeArn = `arn:aws:ec2:${REGION}:${MOTO_ACCOUNT}:volume/${stdout.trim()}`;
  });

  it('the sweep finds nothing of what was made as planned', async () => {
    await withFleet(async (fleet) => {
      const { coverage } = await sweep(fleet);
      expect(coverage.resources).toEqual({ read: 3, judged: 3, unjudged: 0 });
      expect(await open(fleet)).toEqual([]);
    });
  });

  it('a person takes tags away; Terraform sees it, and so does the sweep', async () => {
    await account.untagBucket(BUCKET, 'owner');
    await account.untagVolume(volumeArn.split('/').at(-1)!, 'owner');
    expect(await drifted()).toBe(true);
    await withFleet(async (fleet) => {
      await sweep(fleet);
      const findings = await open(fleet);
      expect(findings.map(({ address, path: at }) => [address, at])).toEqual([
        [volumeArn, 'tags.owner'],
        [BUCKET_ARN, 'tags.owner'],
      ]);
    });
  });

  it('the finding says when the gate allowed it', async () => {
    await withFleet(async (fleet) => {
      const findings = await open(fleet);
      const bucket = findings.find(({ address }) => address === BUCKET_ARN);
      expect(bucket?.gate).toEqual({
        decision: decision.id,
        time: decision.time,
        verdict: 'allow',
        address: 'aws_s3_bucket.data',
      });
    });
  });

  it('the repair writes back what the code says', async () => {
    await withFleet(async (fleet) => {
      const { plan } = await fleet.planRepair({}, ACTOR);
      expect(plan.breaches).toEqual([]);
      expect(plan.changes.map(({ address, set }) => [address, set['owner']])).toMatchObject([
        [volumeArn, { before: null, after: TAGS.owner }],
        [BUCKET_ARN, { before: null, after: TAGS.owner }],
      ]);
      const { run, tally } = await fleet.applyRepair(plan.id, { actor: ACTOR, dryRun: false });
      expect([run.state, tally['verified']]).toEqual(['done', 2]);
    });
    const { accounts } = await account.estate();
    const tags = accounts.flatMap(({ regions }) => regions.flatMap(({ items }) => items));
    expect(tags.map((one) => one.tags)).toEqual([TAGS, TAGS, TAGS]);
  });

  it('the next plan is clean, and the findings are resolved', async () => {
    expect(await drifted()).toBe(false);
    await withFleet(async (fleet) => {
      await sweep(fleet);
      expect(await open(fleet)).toEqual([]);
      const { findings } = await fleet.findings({ state: 'resolved' }, 10);
      expect(findings.map(({ resolved }) => resolved)).toEqual(['fixed', 'fixed']);
    });
  });

  async function terraform(script: string): Promise<void> {
    const { code, stderr } = await workspace.sh(script);
    expect([code, stderr]).toEqual([0, '']);
  }

  /** What Terraform itself says of code and cloud: 0 the same, 2 they differ. */
  async function drifted(): Promise<boolean> {
    const { code, stderr } = await workspace.sh('terraform plan -detailed-exitcode');
    expect([0, 2], stderr).toContain(code);
    return code === 2;
  }

  /** A real gate over HTTP. Its data folder outlives it: what it said is found by the sweeps that come later. */
  async function askTheGate(): Promise<Decision> {
    const gateway = await openGateway(place);
    const served = await serve(place, gateway, inventory(moto.url));
    try {
      const body = readFileSync(path.join(workspace.folder, 'tfplan.json'));
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${served.url}/v1/decisions`, { method: 'POST', headers, body });
      return Decision.parse(await answer.json());
    } finally {
      await served.stop();
      await gateway.close();
    }
  }

  /** The fleet as a process of its own has it, before what is on moto at this moment. */
  async function withFleet(work: (fleet: Fleet) => Promise<void>): Promise<void> {
    const fake = await startFakeAws({ estate: await account.estate(), clock: () => new Date() });
    const config = configOf(place, inventory(fake.url));
    const warn = (message: string): void => console.error(message);
    const env = {
      AWS_ACCESS_KEY_ID: FAKE_KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: FAKE_KEYS.secretAccessKey,
    };
    try {
      const fleet = await composeFleetAlone(config, { env, warn, besideDoor: false });
      await work(fleet).finally(() => fleet.close());
    } finally {
      await fake.close();
    }
  }

  /** AWS Config is the fake's; tags are written to moto, and read back from there. */
  function inventory(config: string): Readonly<Record<string, string>> {
    const settings = {
      type: 'aws',
      name: 'cloud',
      accounts: [MOTO_ACCOUNT],
      regions: [REGION],
      endpoints: { config, iam: config, organizations: config, tagging: moto.url, sts: moto.url },
    };
    return {
      PORTCULLIS_INVENTORIES: JSON.stringify([settings]),
      PORTCULLIS_REPAIRS__WRITES: 'on',
    };
  }
});

async function sweep(fleet: Fleet): Promise<SweepView> {
  const { id } = await fleet.startSweep({}, ACTOR);
  for (;;) {
    const status = await fleet.sweep(id);
    if (status.state !== 'running') {
      expect([status.state, status.coverage.gaps], status.reason).toEqual(['completed', []]);
      return status;
    }
    await wait(50);
  }
}

async function open(fleet: Fleet): Promise<readonly FindingView[]> {
  const { findings } = await fleet.findings({ state: 'open' }, 10);
  return findings.toSorted((a, b) => (a.address < b.address ? -1 : 1));
}
