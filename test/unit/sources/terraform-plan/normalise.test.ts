import { describe, expect, test } from 'vitest';

import { change, normalise, plan } from './plans.ts';

describe('versions', () => {
  test.each(['0.1', '0.2', '1.0', '1.2', '1.99'])('%s is read', (format_version) => {
    expect(normalise({ format_version, resource_changes: [change()] }).resources).toHaveLength(1);
  });

  test.each([
    ['2.0', 'SOURCE_UNSUPPORTED', /"2.0"/],
    ['', 'SOURCE_UNSUPPORTED', /understood are/],
    [undefined, 'SOURCE_MALFORMED', /format_version/],
    [1, 'SOURCE_MALFORMED', /format_version/],
  ])('%s is refused', (format_version, code, message) => {
    const judge = (): unknown => normalise({ format_version, resource_changes: [change()] });
    expect(judge).toThrow(message);
    expect(judge).toThrow(expect.objectContaining({ code }));
  });

  test('keys that are not known are passed over', () => {
    expect(
      normalise(
        plan([change({ extra: { comment: 1 }, change: { new_thing: [] } })], { future: {} }),
      ).resources,
    ).toHaveLength(1);
  });
});

describe('plans that cannot be judged', () => {
  test('one that ran into an error', () => {
    expect(() => normalise(plan([], { errored: true }))).toThrow(
      expect.objectContaining({ code: 'SOURCE_UNUSABLE' }),
    );
  });

  test.each([
    [{ resource_changes: {} }, 'resource_changes'],
    [
      { resource_changes: [{ type: 'x', name: 'y', change: { actions: ['create'] } }] },
      'resource_changes[0].address',
    ],
    [plan([change({ after: 'text' })]), 'resource_changes[0].change.after'],
    [plan([change({ mode: 'imaginary' })]), 'resource_changes[0].mode'],
    [
      plan([], { configuration: { root_module: { resources: 'none' } } }),
      'configuration.root_module.resources',
    ],
  ])('a wrong shape is named by its path: %#', (document, path) => {
    const judge = (): unknown => normalise({ format_version: '1.2', ...(document as object) });
    expect(judge).toThrow(expect.objectContaining({ code: 'SOURCE_MALFORMED', place: { path } }));
  });
});

describe('what a plan is besides its changes', () => {
  const messages = (rest: Readonly<Record<string, unknown>>): Record<string, string> =>
    Object.fromEntries(
      normalise(plan([change()], rest)).notes.map(({ code, message }) => [code, message]),
    );

  const drifted = (address: string, actions = ['update']): unknown => ({
    address,
    change: { actions },
  });

  test('nothing to tell of a plain one', () => {
    expect(
      messages({ applyable: true, complete: true, errored: false, checks: [], resource_drift: [] }),
    ).toEqual({});
  });

  test.each<[string, Readonly<Record<string, unknown>>, string, RegExp]>([
    ['targeted', { complete: false }, 'plan-incomplete', /nothing else/],
    ['not applyable', { applyable: false }, 'plan-not-applyable', /cannot be applied/],
    [
      'drift',
      { resource_drift: [drifted('a.x'), drifted('b.y', ['delete']), drifted('c.z', ['no-op'])] },
      'drift',
      /^2 resources .*: a\.x, b\.y\. Drift/,
    ],
    [
      'drift that it builds on',
      {
        resource_drift: [drifted('a.x'), drifted('b.y')],
        relevant_attributes: [{ resource: 'b.y', attribute: ['id'] }],
      },
      'drift',
      /builds on 1 of them: b\.y\./,
    ],
    [
      'much drift',
      { resource_drift: Array.from({ length: 9 }, (_, at) => drifted(`r.${at}`)) },
      'drift',
      /r\.4, and 4 more/,
    ],
    [
      'actions',
      { action_invocations: [{ address: 'action.x.y', type: 'x' }] },
      'action-invocations',
      /1 provider action.*action\.x\.y/,
    ],
    [
      'failing checks',
      {
        checks: [
          { address: { to_display: 'check.ok' }, status: 'pass' },
          { address: { to_display: 'check.bad' }, status: 'fail' },
          { address: { to_display: 'check.odd' }, status: 'error' },
        ],
      },
      'checks-failing',
      /^2 checks .*: check\.bad, check\.odd\.$/,
    ],
  ])('%s', (_, rest, code, message) => {
    expect(messages(rest)).toEqual({ [code]: expect.stringMatching(message) as string });
  });

  test('one without changes says so', () => {
    expect(
      normalise({ format_version: '1.2', planned_values: {}, applyable: false }),
    ).toMatchObject({
      resources: [],
      notes: [{ code: 'plan-not-applyable', message: 'The plan changes nothing.' }],
    });
  });

  test('drift is not judged', () => {
    const drift = change({ name: 'drifted', actions: ['update'], before: {} });
    expect(normalise(plan([], { resource_drift: [drift] })).resources).toEqual([]);
  });

  test('changes that were put off are judged, and noted with their reasons', () => {
    const put = (reason: string, name: string): unknown => ({
      reason,
      resource_change: change({ name, unknown: { bucket: true }, extra: { index_unknown: true } }),
    });
    const { resources, notes } = normalise(
      plan([change()], {
        deferred_changes: [put('instance_count_unknown', 'later'), put('deferred_prereq', 'b')],
      }),
    );
    expect(resources.map(({ address, unknown }) => [address, unknown])).toEqual([
      ['aws_s3_bucket.b', []],
      ['aws_s3_bucket.later', ['bucket']],
      ['aws_s3_bucket.b (deferred)', ['bucket']],
    ]);
    expect(notes).toMatchObject([
      { code: 'changes-deferred', message: expect.stringContaining('2 changes') as string },
    ]);
  });
});
