import { z } from 'zod';

import type { Fleet } from '../../fleet/fleet.ts';
import {
  RepairPlanList,
  RepairPlanView,
  RepairRunList,
  RepairRunView,
} from '../../fleet/repair-views.ts';
import {
  ChangePageView,
  FindingPageView,
  FindingView,
  InventoryList,
  PushView,
  SweepView,
} from '../../fleet/views.ts';
import { compact } from '../../kit/compact.ts';
import { remoteExemptions } from '../exempt/remote.ts';
import type { Client } from '../client.ts';

const SweepList = z.object({ sweeps: z.array(SweepView) });

/** The fleet of a running gate. */
export function remoteFleet(client: Client): Fleet {
  const get = <T>(path: string, schema: z.ZodType<T>, query: Query = {}): Promise<T> =>
    client.call({ method: 'GET', path: withQuery(path, query) }, schema);
  const post = <T>(path: string, schema: z.ZodType<T>, body: unknown = {}): Promise<T> =>
    client.call({ method: 'POST', path, json: body }, schema);
  return {
    inventories: async () => (await get('v1/inventories', InventoryList)).inventories,
    push: (name, { lines, partial }) =>
      client.call(
        {
          method: 'POST',
          path: withQuery(at('v1/inventories', name), partial ? { partial: 'true' } : {}),
          bytes: lines,
          type: 'application/x-ndjson',
        },
        PushView,
      ),
    startSweep: (ask) => post('v1/sweeps', SweepView, ask),
    sweeps: async (limit) => (await get('v1/sweeps', SweepList, { limit })).sweeps,
    sweep: (id) => get(at('v1/sweeps', id), SweepView),
    cancelSweep: (id) => post(`${at('v1/sweeps', id)}/cancel`, SweepView),
    resumeSweep: (id) => post(`${at('v1/sweeps', id)}/resume`, SweepView),
    changes: (id, limit, after) =>
      get(`${at('v1/sweeps', id)}/changes`, ChangePageView, { limit, after }),
    findings: (query, limit, after) =>
      get('v1/findings', FindingPageView, { ...query, limit, after }),
    finding: (id) => get(at('v1/findings', id), FindingView),
    planRepair: (ask) => post('v1/repairs/plans', RepairPlanView, ask),
    repairPlans: async (limit) => (await get('v1/repairs/plans', RepairPlanList, { limit })).plans,
    repairPlan: (id) => get(at('v1/repairs/plans', id), RepairPlanView),
    approveRepair: (id) => post(`${at('v1/repairs/plans', id)}/approve`, RepairPlanView),
    applyRepair: (id, { dryRun }) =>
      post(`${at('v1/repairs/plans', id)}/apply`, RepairRunView, { dryRun }),
    repairRuns: async (limit) => (await get('v1/repairs/runs', RepairRunList, { limit })).runs,
    repairRun: (id) => get(at('v1/repairs/runs', id), RepairRunView),
    planUndo: (id) => post(`${at('v1/repairs/runs', id)}/undo`, RepairPlanView),
    resumeRepair: (id) => post(`${at('v1/repairs/runs', id)}/resume`, RepairRunView),
    exemptions: remoteExemptions(client),
    close: () => Promise.resolve(),
  };
}

type Query = Readonly<Record<string, string | number | undefined>>;

function at(path: string, id: string): string {
  return `${path}/${encodeURIComponent(id)}`;
}

function withQuery(path: string, query: Query): string {
  const given = Object.entries(compact(query)).map(([key, value]): [string, string] => [
    key,
    String(value),
  ]);
  return given.length === 0 ? path : `${path}?${String(new URLSearchParams(given))}`;
}
