import { describe, expect, it } from 'vitest';

import { sweepText } from '../../../src/cli/fleet/sweep-text.ts';
import type { SweepView } from '../../../src/fleet/views.ts';

const nothing = { done: 0, of: 0 };

function sweep(more: Partial<SweepView>): SweepView {
  return {
    id: '01J',
    name: 'nightly',
    request: {
      name: 'nightly',
      inventories: ['aws'],
      coverage: 100,
      concurrency: 4,
      trigger: { by: 'person' },
    },
    state: 'running',
    cancelling: false,
    startedAt: '2026-11-25T08:00:00.000Z',
    updatedAt: '2026-11-25T08:00:00.000Z',
    reason: '0 of 1 account so far.',
    coverage: {
      accounts: { asked: 1, read: 0, partial: 0, unknown: 1 },
      partitions: { asked: 1, complete: 0, incomplete: 0, waiting: 1 },
      resources: { read: 0, judged: 0, unjudged: 0 },
      percent: 0,
      gaps: [],
    },
    verdicts: { violations: 0, unknown: 0, failed: 0 },
    findings: { opened: 0, resolved: 0, reopened: 0 },
    notes: [],
    progress: {
      accounts: nothing,
      regions: nothing,
      partitions: nothing,
      resources: { done: 0 },
      rate: 0,
    },
    ...more,
  };
}

describe('a sweep, for people', () => {
  it('says of one that is to end and has not yet that it will', () => {
    expect(sweepText(sweep({}))).toMatch(/^RUNNING {2}nightly/);
    expect(sweepText(sweep({ cancelling: true }))).toMatch(/^RUNNING, to be ended {2}nightly/);
  });
});
