import { describe, expect, it } from 'vitest';

import { folderLog, parseKeys, verifyLog } from '../../../src/verify/index.ts';
import { buildLog, entriesOf, inFolder, OWN, signer } from './log.ts';

const keys = parseKeys(OWN.verifier, 'key');
const verify = (files: ReturnType<typeof buildLog>) =>
  inFolder(files, (folder) => verifyLog({ source: folderLog(folder), keys }));

describe('a whole log is verified', () => {
  it.each([0, 1, 2, 255, 256, 257, 511, 512, 65_536, 65_537])(
    'of %i entries',
    async (size) => {
      const verified = await verify(buildLog(entriesOf(size)));
      expect(verified.findings).toEqual([]);
      expect(verified.checkpoint?.size).toBe(size);
    },
    60_000,
  );

  it('also with the signature of a stranger, and by any one of several keys', async () => {
    const next = signer('log.example/gate', 8);
    const both = buildLog(entriesOf(3), [signer('witness.example', 9), OWN, next]);
    expect((await verify(both)).findings).toEqual([]);
    const rotated = parseKeys(`${next.verifier}\n${OWN.verifier}\n`, 'keys');
    const verified = await inFolder(buildLog(entriesOf(3), [next]), (folder) =>
      verifyLog({ source: folderLog(folder), keys: rotated }),
    );
    expect(verified.findings).toEqual([]);
  });

  it('and names who signed once, however often the signature stands there', async () => {
    const files = buildLog(entriesOf(3), [OWN, OWN]);
    const verified = await verify(files);
    expect(verified.findings).toEqual([]);
    expect(verified.signers).toHaveLength(1);
  });

  it('with the narrower tiles of an earlier checkpoint beside the wider ones', async () => {
    const files = new Map([...buildLog(entriesOf(260)), ...buildLog(entriesOf(300))]);
    expect((await verify(files)).findings).toEqual([]);
  });

  it('by no key of its own: one must be given', async () => {
    await expect(
      inFolder(buildLog(entriesOf(3)), (folder) =>
        verifyLog({ source: folderLog(folder), keys: [] }),
      ),
    ).rejects.toThrow('no verifier key was given');
  });

  it.each([0, 1, 255, 256, 257, 512, 600])(
    'beginning with the %i entries that were signed',
    async (old) => {
      const bytes = buildLog(entriesOf(old)).get('checkpoint')!;
      const verified = await inFolder(buildLog(entriesOf(600)), (folder) =>
        verifyLog({ source: folderLog(folder), keys, since: { file: 'kept', bytes } }),
      );
      expect(verified.findings).toEqual([]);
    },
  );

  it('beginning with all of them when they fill their tiles', async () => {
    const files = buildLog(entriesOf(512));
    const since = { file: 'kept', bytes: files.get('checkpoint')! };
    const verified = await inFolder(files, (folder) =>
      verifyLog({ source: folderLog(folder), keys, since }),
    );
    expect(verified.findings).toEqual([]);
  });
});
