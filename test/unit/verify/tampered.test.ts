import { describe, expect, it } from 'vitest';

import { folderLog, parseKeys, verifyLog } from '../../../src/verify/index.ts';
import { buildLog, inFolder, OWN } from './log.ts';
import { ENTRIES, random, TAMPERS } from './tampers.ts';

const keys = parseKeys(OWN.verifier, 'key');

const NAMES = Object.keys(TAMPERS);

describe('every one of 1,000 tampers is found, and told from the others', () => {
  it.each(NAMES.map((name, at) => [name, at] as const))('%s', async (name, seed) => {
    const pick = random(seed + 1);
    for (let round = 0; round < 1000 / NAMES.length; round += 1) {
      const { files, kinds, index, since } = TAMPERS[name]!(pick);
      const { findings } = await inFolder(files, (folder) =>
        verifyLog({
          source: folderLog(folder),
          keys,
          ...(since && { since: { file: 'kept', bytes: since } }),
        }),
      );
      expect(findings[0], `round ${round}`).toBeDefined();
      expect(kinds, JSON.stringify(findings[0])).toContain(findings[0]?.kind);
      if (index !== undefined) expect(findings[0]?.index, `round ${round}`).toBe(index);
    }
  });
});

describe('narrower tiles of an earlier checkpoint lie beside the wider ones', () => {
  const narrow = [...buildLog(ENTRIES.slice(0, 300))].filter(([file]) => file.includes('.p/'));

  it.each([
    'a byte of an entry',
    'an entry gone, the others moved up',
    'an entry put in',
    'two entries swapped',
    'a bundle cut short',
    'a hash in a tile',
    'a tile cut short',
  ])('%s is told as it is without them', async (name) => {
    const pick = random(99);
    for (let round = 0; round < 30; round += 1) {
      const { files, kinds, index } = TAMPERS[name]!(pick);
      const { findings } = await inFolder(new Map([...narrow, ...files]), (folder) =>
        verifyLog({ source: folderLog(folder), keys }),
      );
      expect(kinds, JSON.stringify(findings[0])).toContain(findings[0]?.kind);
      if (index !== undefined) expect(findings[0]?.index, `round ${round}`).toBe(index);
    }
  });
});
