import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { RepairSubject } from '../../../src/repair/plan/input.ts';
import { planRepairs } from '../../../src/repair/plan/plan.ts';
import { patchTags } from '../../../src/repair/plan/tags.ts';
import { planInput, requiring, spelling, subject } from './estate.ts';

const KEYS = ['owner', 'Owner', 'OWNER ', 'cost-center', 'CostCenter', 'team', 'constructor'];
const VALUES = ['', ' ', 'ada', 'bob', 'ada ', '4711'];
const tags = fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES), { maxKeys: 5 });

const anySubject = fc
  .record({
    name: fc.stringMatching(/^[a-d]{1,3}$/),
    tags,
    parent: fc.option(tags, { nil: undefined }),
    creator: fc.constantFrom(undefined, 'ada', 'i-0123456789abcdef0'),
    unknown: fc.boolean(),
    manager: fc.constantFrom(undefined, 'terraform', 'cloudformation'),
  })
  .map((one): RepairSubject =>
    subject(one.name, one.unknown ? {} : one.tags, {
      ...(one.unknown ? { resource: { unknown: ['tags'] } } : {}),
      ...(one.creator === undefined ? {} : { createdBy: { name: one.creator } }),
      ...(one.manager === undefined ? {} : { managedBy: { tool: one.manager, name: '' } }),
      parents:
        one.parent === undefined
          ? []
          : [{ role: 'vpc', address: 'vpc', tags: { state: 'known', values: one.parent } }],
    }),
  );
const anyEstate = fc.uniqueArray(anySubject, {
  selector: (one) => one.resource.address,
  maxLength: 12,
});

const anyRules = fc
  .record({
    replace: fc.boolean(),
    iac: fc.constantFrom('write', 'suggest'),
    count: fc.nat({ max: 4 }),
    aliases: fc.boolean(),
  })
  .map(({ replace, iac, count, aliases }) => [
    requiring('owner', ['owner'], {
      iac,
      caps: { count },
      values: [
        { spelling: aliases ? { aliases: { owner: ['team'] } } : true },
        { parent: ['vpc'] },
        { creator: 'name' },
        { ask: 'x' },
      ],
    }),
    requiring('cost', ['cost-center'], {
      iac,
      values: [{ spelling: true }, { parent: ['vpc'] }, { constant: '4711' }],
    }),
    spelling('spelling', ['owner', 'cost-center'], { iac, replace, values: [{ spelling: true }] }),
  ]);

describe('every plan', () => {
  it('overwrites nothing, and removes only what stands there in another spelling', () => {
    fc.assert(
      fc.property(anyEstate, anyRules, (estate, rules) => {
        const { changes } = planRepairs(planInput(estate, rules));
        for (const change of changes) {
          const found = estate.find((one) => one.resource.address === change.address)!;
          const before = found.resource.tags;
          expect(found.resource.unknown).toEqual([]);
          for (const [key, { before: was, after }] of Object.entries(change.set)) {
            expect(was).toBe(Object.hasOwn(before, key) ? before[key] : null);
            expect((was ?? '').trim()).toBe('');
            expect(after.trim()).not.toBe('');
          }
          const patched = patchTags(before, change.set, change.remove);
          // A value is never lost: whatever is taken away stands under another key, or said nothing.
          for (const { before: gone } of Object.values(change.remove))
            if (gone.trim() !== '')
              expect(Object.values(patched).map((value) => value.trim())).toContain(gone.trim());
        }
      }),
    );
  });

  it('that goes beyond a cap says so', () => {
    fc.assert(
      fc.property(anyEstate, anyRules, (estate, rules) => {
        const plan = planRepairs(planInput(estate, rules));
        for (const { rule, changes, caps } of plan.gates) {
          const over = caps.count !== 'unlimited' && changes > caps.count;
          expect(plan.breaches.some((breach) => breach.rule === rule)).toBe(over);
        }
      }),
    );
  });

  it('is the same for any order of what is found', () => {
    fc.assert(
      fc.property(anyEstate, anyRules, fc.infiniteStream(fc.nat()), (estate, rules, dice) => {
        const shuffled = <T>(list: readonly T[]): T[] =>
          list
            .map((one) => [dice.next().value ?? 0, one] as const)
            .sort(([a], [b]) => a - b)
            .map(([, one]) => one);
        const input = planInput(estate, rules);
        const other = planRepairs({
          ...input,
          subjects: shuffled(input.subjects),
          verdicts: shuffled(input.verdicts),
          rules: shuffled(input.rules),
        });
        expect(other).toEqual(planRepairs(input));
      }),
    );
  });

  it('answers each violation: by a change, a suggestion or a reason', () => {
    fc.assert(
      fc.property(anyEstate, anyRules, (estate, rules) => {
        const input = planInput(estate, rules);
        const { changes, suggestions, refusals } = planRepairs(input);
        const answered = new Set(
          [...changes, ...suggestions, ...refusals].map((one) => one.address),
        );
        for (const { verdict, address } of input.verdicts)
          if (verdict === 'violation') expect(answered).toContain(address);
      }),
    );
  });

  it('leaves nothing to plan once it is applied', () => {
    fc.assert(
      fc.property(anyEstate, anyRules, (estate, rules) => {
        const { changes } = planRepairs(planInput(estate, rules));
        const after = estate.map((one): RepairSubject => {
          const change = changes.find(({ address }) => address === one.resource.address);
          if (change === undefined) return one;
          const { resource } = one;
          return {
            ...one,
            resource: { ...resource, tags: patchTags(resource.tags, change.set, change.remove) },
          };
        });
        expect(planRepairs(planInput(after, rules)).changes).toEqual([]);
      }),
    );
  });
});
