import { z } from 'zod';

import {
  RepairAsk,
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
  SweepAsk,
  SweepView,
} from '../../fleet/views.ts';
import {
  ApplyAsk,
  ChangeQuery,
  ExportQuery,
  FindingListQuery,
  Newest,
  PushQuery,
} from './queries.ts';
import type { Operation } from '../operation.ts';
import { json } from '../operation.ts';

const Id = z.object({ id: z.string() });
const SweepList = z.object({ sweeps: z.array(SweepView) }).meta({ id: 'SweepList' });

function body(schema: z.ZodType) {
  return { required: true, content: { 'application/json': { schema } } };
}

export const FLEET_OPERATIONS = {
  inventories: {
    method: 'get',
    path: '/v1/inventories',
    role: 'read',
    about: {
      tags: ['fleet'],
      summary: 'The inventories that sweeps read',
      responses: { 200: json(InventoryList, 'All of the configuration.') },
    },
  },
  pushInventory: {
    method: 'post',
    path: '/v1/inventories/{name}',
    role: 'operate',
    about: {
      tags: ['fleet'],
      summary: 'Push what exists in a system that no adapter reads',
      description:
        'One JSON object a line. It takes the place of what was pushed before, all lines or none; the next sweep judges it.',
      requestParams: { path: z.object({ name: z.string() }), query: PushQuery },
      requestBody: {
        required: true,
        content: { 'application/x-ndjson': { schema: z.string() } },
      },
      responses: { 200: json(PushView, 'What was taken.') },
    },
  },
  listSweeps: {
    method: 'get',
    path: '/v1/sweeps',
    role: 'read',
    about: {
      tags: ['fleet'],
      summary: 'Sweeps, newest first',
      requestParams: { query: Newest },
      responses: { 200: json(SweepList, 'Those under way too.') },
    },
  },
  startSweep: {
    method: 'post',
    path: '/v1/sweeps',
    role: 'operate',
    about: {
      tags: ['fleet'],
      summary: 'Start a sweep',
      description: 'Answers at once; the sweep goes on by itself.',
      requestBody: body(SweepAsk),
      responses: { 202: json(SweepView, 'It is under way.') },
    },
  },
  findSweep: {
    method: 'get',
    path: '/v1/sweeps/{id}',
    role: 'read',
    about: {
      tags: ['fleet'],
      summary: 'How far a sweep is, and what it saw',
      requestParams: { path: Id },
      responses: { 200: json(SweepView, 'The sweep.') },
    },
  },
  cancelSweep: {
    method: 'post',
    path: '/v1/sweeps/{id}/cancel',
    role: 'operate',
    about: {
      tags: ['fleet'],
      summary: 'End a sweep',
      requestParams: { path: Id },
      responses: { 200: json(SweepView, 'It ends after the page that it is at.') },
    },
  },
  resumeSweep: {
    method: 'post',
    path: '/v1/sweeps/{id}/resume',
    role: 'operate',
    about: {
      tags: ['fleet'],
      summary: 'Go on with a sweep that was interrupted',
      requestParams: { path: Id },
      responses: { 202: json(SweepView, 'It is under way again, where it stopped.') },
    },
  },
  sweepChanges: {
    method: 'get',
    path: '/v1/sweeps/{id}/changes',
    role: 'read',
    about: {
      tags: ['fleet'],
      summary: 'What a sweep opened, resolved and reopened',
      requestParams: { path: Id, query: ChangeQuery },
      responses: { 200: json(ChangePageView, 'A page.') },
    },
  },
  exportFindings: {
    method: 'get',
    path: '/v1/findings/export',
    role: 'read',
    about: {
      tags: ['fleet'],
      summary: 'All findings as a file',
      requestParams: { query: ExportQuery },
      responses: {
        200: {
          description: 'A line each.',
          content: {
            'application/x-ndjson': { schema: z.string() },
            'text/csv': { schema: z.string() },
          },
        },
      },
    },
  },
  listFindings: {
    method: 'get',
    path: '/v1/findings',
    role: 'read',
    about: {
      tags: ['fleet'],
      summary: 'Findings, the worst first',
      requestParams: { query: FindingListQuery },
      responses: { 200: json(FindingPageView, 'A page.') },
    },
  },
  findFinding: {
    method: 'get',
    path: '/v1/findings/{id}',
    role: 'read',
    about: {
      tags: ['fleet'],
      summary: 'One finding',
      requestParams: { path: Id },
      responses: { 200: json(FindingView, 'The finding.') },
    },
  },
  listRepairPlans: {
    method: 'get',
    path: '/v1/repairs/plans',
    role: 'read',
    about: {
      tags: ['repairs'],
      summary: 'Plans of repairs, newest first',
      requestParams: { query: Newest },
      responses: { 200: json(RepairPlanList, 'With what became of each.') },
    },
  },
  planRepair: {
    method: 'post',
    path: '/v1/repairs/plans',
    role: 'operate',
    about: {
      tags: ['repairs'],
      summary: 'Plan a repair',
      description:
        'From the open findings and the rules that say how they are mended. Nothing is written.',
      requestBody: body(RepairAsk),
      responses: { 200: json(RepairPlanView, 'The plan.') },
    },
  },
  findRepairPlan: {
    method: 'get',
    path: '/v1/repairs/plans/{id}',
    role: 'read',
    about: {
      tags: ['repairs'],
      summary: 'One plan',
      requestParams: { path: Id },
      responses: { 200: json(RepairPlanView, 'The plan.') },
    },
  },
  approveRepair: {
    method: 'post',
    path: '/v1/repairs/plans/{id}/approve',
    role: 'operate',
    about: {
      tags: ['repairs'],
      summary: 'Approve a plan that somebody else asked for',
      requestParams: { path: Id },
      responses: { 200: json(RepairPlanView, 'It is approved.') },
    },
  },
  applyRepair: {
    method: 'post',
    path: '/v1/repairs/plans/{id}/apply',
    role: 'operate',
    about: {
      tags: ['repairs'],
      summary: 'Apply a plan',
      requestParams: { path: Id },
      requestBody: body(ApplyAsk),
      responses: { 200: json(RepairRunView, 'The run: over, or how far it is.') },
    },
  },
  listRepairRuns: {
    method: 'get',
    path: '/v1/repairs/runs',
    role: 'read',
    about: {
      tags: ['repairs'],
      summary: 'Runs, newest first',
      requestParams: { query: Newest },
      responses: { 200: json(RepairRunList, 'Undone ones too.') },
    },
  },
  findRepairRun: {
    method: 'get',
    path: '/v1/repairs/runs/{id}',
    role: 'read',
    about: {
      tags: ['repairs'],
      summary: 'What a run did, resource by resource',
      requestParams: { path: Id },
      responses: { 200: json(RepairRunView, 'The run.') },
    },
  },
  undoRepair: {
    method: 'post',
    path: '/v1/repairs/runs/{id}/undo',
    role: 'operate',
    about: {
      tags: ['repairs'],
      summary: 'Plan the way back of a run',
      description: 'Restores only what still has our value. The plan is applied like any other.',
      requestParams: { path: Id },
      responses: { 200: json(RepairPlanView, 'What would be restored, and what stays.') },
    },
  },
  resumeRepair: {
    method: 'post',
    path: '/v1/repairs/runs/{id}/resume',
    role: 'operate',
    about: {
      tags: ['repairs'],
      summary: 'Go on with a run whose process died',
      requestParams: { path: Id },
      responses: { 200: json(RepairRunView, 'The run: over, or how far it is.') },
    },
  },
} as const satisfies Record<string, Operation>;
