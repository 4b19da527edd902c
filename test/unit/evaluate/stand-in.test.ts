import { describe, expect, it } from 'vitest';

import { evaluate } from '../../../src/evaluate/evaluate.ts';
import { named as nameIt, standIn } from '../../../src/evaluate/stand-in.ts';
import { rule } from '../../rules.ts';
import { named, request, scripted } from './scripted.ts';

describe('a violation of resources that look alike', () => {
  it('names each of them, in the text too', async () => {
    const { engine, batches } = scripted((seen) =>
      seen.map(({ address }) => ({
        address,
        path: 'tags.owner',
        message: `${address} has no owner`,
        actual: { at: [address] },
      })),
    );
    const addresses = ['aws_s3_bucket.a["x"]', 'aws_s3_bucket.b', 'c'];
    const verdicts = await evaluate(
      request(
        addresses.map((at) => named(at)),
        rule(),
      ),
      engine,
    );
    expect(batches[0]?.jobs[0]?.resources).toHaveLength(1);
    expect(verdicts).toMatchObject(
      addresses.map((address) => ({
        address,
        verdict: 'violation',
        violations: [
          {
            address,
            path: 'tags.owner',
            message: `${address} has no owner`,
            actual: { at: [address] },
          },
        ],
      })),
    );
  });

  it('keeps its members when it does not repeat the address', () => {
    const said = { address: standIn(3), path: 'p', message: 'm', expected: null };
    expect(nameIt(said, 'a')).toEqual({ address: 'a', path: 'p', message: 'm', expected: null });
  });

  it('of place 1 is not mistaken for one of place 10', () => {
    const said = { address: standIn(1), path: 'p', message: `${standIn(1)} and ${standIn(10)}` };
    expect(nameIt(said, 'a').message).toBe(`a and ${standIn(10)}`);
  });
});
