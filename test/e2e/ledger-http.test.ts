import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { parseKeys, servedLog, verifyLog } from '../../src/verify/index.ts';
import { leafHash } from '../../src/ledger/tree/hash.ts';
import { verifyConsistency, verifyInclusion } from '../../src/ledger/tree/proof.ts';
import { parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import { decided, useGate } from './client.ts';
import { plan } from './gate.ts';

const { ask, gateway, url } = useGate();

const get = (what: string) => fetch(`${url()}/v1/ledger/${what}`);
const base64 = (texts: readonly string[]) => texts.map((text) => Buffer.from(text, 'base64'));
const headIn = (note: string) => parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1))!;

const Proof = z.object({
  checkpoint: z.string(),
  index: z.number(),
  leaf: z.string(),
  proof: z.array(z.string()),
});

/** A head over all decisions so far. */
async function signed(): Promise<string> {
  await gateway().log?.sign();
  return await (await get('checkpoint')).text();
}

describe('the ledger over HTTP', () => {
  it('is a log that is verified from its tiles and the key alone', async () => {
    for (let n = 0; n < 3; n++) await ask(plan({ owner: 'ada' }, `q${n}`));
    const note = await signed();
    const { size } = headIn(note);
    expect(size).toBeGreaterThanOrEqual(3);
    const text = await (await get('verifier-keys')).text();
    for (const place of ['', '/']) {
      const source = servedLog({ url: `${url()}/v1/ledger${place}` });
      const verified = await verifyLog({ source, keys: parseKeys(text, 'keys') });
      expect(verified).toMatchObject({ findings: [], checkpoint: { size } });
    }
    const answer = await get(`tile/0/000.p/${size}`);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('cache-control')).toContain('immutable');
  });

  it('says how long an answer may be kept: a head for seconds', async () => {
    const answer = await get('checkpoint');
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('private, max-age=2');
  });

  it('proves a decision of this moment', async () => {
    const { id } = await decided(await ask(plan({ owner: 'eve' })));
    const proven = Proof.parse(await (await get(`proofs/${id}`)).json());
    expect(JSON.parse(proven.leaf)).toMatchObject({ id, type: 'decision' });
    const { size, root } = headIn(proven.checkpoint);
    const { index, leaf } = proven;
    const claim = { index, size, root, proof: base64(proven.proof) };
    expect(verifyInclusion({ ...claim, leaf: leafHash(Buffer.from(leaf)) })).toBe(true);
    expect(Proof.parse(await (await get(`proofs/${index}`)).json()).leaf).toBe(leaf);
  });

  it('proves that it only grew since a checkpoint that was kept', async () => {
    const old = headIn(await signed());
    await ask(plan({ owner: 'ada' }));
    await signed();
    const answer = await (await get(`consistency?from=${old.size}`)).json();
    const { checkpoint, proof } = z
      .object({ checkpoint: z.string(), proof: z.array(z.string()) })
      .parse(answer);
    const { size: newSize, root: newRoot } = headIn(checkpoint);
    expect(newSize).toBeGreaterThan(old.size);
    const claim = { size: old.size, root: old.root, newSize, newRoot, proof: base64(proof) };
    expect(verifyConsistency(claim)).toBe(true);
  });

  it.each([
    ['a tile that no head covers', 'tile/0/000'],
    ['a level that is not there', 'tile/5/000.p/1'],
    ['a width of nothing', 'tile/0/000.p/0'],
    ['a second spelling of a tile', 'tile/0/x000/000.p/1'],
    ['a tile of nothing', 'tile/data/000.p/1'],
    ['a path that climbs', 'tile/..%2f..%2fcheckpoint'],
    ['a bundle far away', 'tile/entries/x999/x999/x999/999'],
    ['a record that is not there', 'proofs/99999999'],
    ['a decision that is not there', 'proofs/01J00000000000000000000000'],
    ['a beginning that is longer than the log', 'consistency?from=99999999'],
  ])('has nothing for %s', async (_, what) => {
    const answer = await get(what);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it.each(['consistency', 'consistency?from=-1', 'consistency?from=x'])(
    'asks for a size: %s',
    async (what) => expect((await get(what)).status).toBe(400),
  );

  it('takes GET alone', async () => {
    expect((await fetch(`${url()}/v1/ledger/tile/0/000`, { method: 'POST' })).status).toBe(405);
  });
});
