import { FleetError } from '../../fleet/errors.ts';
import type { Fleet } from '../../fleet/fleet.ts';
import { RepairAsk } from '../../fleet/repair-views.ts';
import { FindingQuery, SweepAsk } from '../../fleet/views.ts';
import { compact } from '../../kit/compact.ts';
import { readBody } from '../body.ts';
import type { Door } from '../door.ts';
import { readJson } from '../json-body.ts';
import { requireJsonLines } from '../media-type.ts';
import type { OperationId } from '../operations.ts';
import { parseQuery } from '../query.ts';
import type { Read } from '../read.ts';
import { jsonReply } from '../reply.ts';
import { ApplyAsk, ChangeQuery, FindingListQuery, Newest, PushQuery } from './queries.ts';
import type { FLEET_OPERATIONS } from './operations.ts';

type FleetOperation = Exclude<keyof typeof FLEET_OPERATIONS, 'exportFindings'> & OperationId;

/** Answers to what is asked of the fleet: parse, call, map. The export is not here: it is sent as it is read. */
export function fleetReads(door: Door): Readonly<Record<FleetOperation, Read>> {
  const { fleet } = door;
  return {
    inventories: async () => jsonReply(200, { inventories: await fleet.inventories() }),
    pushInventory: pushInventory(door),
    ...sweepReads(door),
    ...findingReads(fleet),
    ...planReads(door),
    ...runReads(fleet),
  };
}

function sweepReads(door: Door) {
  const { fleet } = door;
  return {
    listSweeps: async ({ url }) => {
      const { limit } = parseQuery(Newest, url.searchParams);
      return jsonReply(200, { sweeps: await fleet.sweeps(limit) });
    },
    startSweep: async (exchange, _, { actor }) =>
      jsonReply(202, await fleet.startSweep(await readJson(door, exchange, SweepAsk), actor)),
    findSweep: async (_, { id = '' }) => jsonReply(200, await fleet.sweep(known(id))),
    cancelSweep: async (_, { id = '' }, { actor }) =>
      jsonReply(200, await fleet.cancelSweep(known(id), actor)),
    resumeSweep: async (_, { id = '' }, { actor }) =>
      jsonReply(202, await fleet.resumeSweep(known(id), actor)),
    sweepChanges: async ({ url }, { id = '' }) => {
      const { limit, after } = parseQuery(ChangeQuery, url.searchParams);
      return jsonReply(200, await fleet.changes(known(id), limit, after));
    },
  } satisfies Partial<Record<FleetOperation, Read>>;
}

function findingReads(fleet: Fleet) {
  return {
    listFindings: async ({ url }) => {
      const { limit, after, ...query } = parseQuery(FindingListQuery, url.searchParams);
      return jsonReply(200, await fleet.findings(FindingQuery.parse(compact(query)), limit, after));
    },
    findFinding: async (_, { id = '' }) => jsonReply(200, await fleet.finding(known(id))),
  } satisfies Partial<Record<FleetOperation, Read>>;
}

function planReads(door: Door) {
  const { fleet } = door;
  return {
    listRepairPlans: async ({ url }) => {
      const { limit } = parseQuery(Newest, url.searchParams);
      return jsonReply(200, { plans: await fleet.repairPlans(limit) });
    },
    planRepair: async (exchange, _, { actor }) =>
      jsonReply(200, await fleet.planRepair(await readJson(door, exchange, RepairAsk), actor)),
    findRepairPlan: async (_, { id = '' }) => jsonReply(200, await fleet.repairPlan(known(id))),
    approveRepair: async (_, { id = '' }, { actor }) =>
      jsonReply(200, await fleet.approveRepair(known(id), actor)),
    applyRepair: async (exchange, { id = '' }, { actor }) => {
      const { dryRun } = await readJson(door, exchange, ApplyAsk);
      return jsonReply(200, await fleet.applyRepair(known(id), { actor, dryRun }));
    },
  } satisfies Partial<Record<FleetOperation, Read>>;
}

function runReads(fleet: Fleet) {
  return {
    listRepairRuns: async ({ url }) => {
      const { limit } = parseQuery(Newest, url.searchParams);
      return jsonReply(200, { runs: await fleet.repairRuns(limit) });
    },
    findRepairRun: async (_, { id = '' }) => jsonReply(200, await fleet.repairRun(known(id))),
    undoRepair: async (_, { id = '' }, { actor }) =>
      jsonReply(200, await fleet.planUndo(known(id), actor)),
    resumeRepair: async (_, { id = '' }, { actor }) =>
      jsonReply(200, await fleet.resumeRepair(known(id), { actor })),
  } satisfies Partial<Record<FleetOperation, Read>>;
}

function pushInventory(door: Door): Read {
  return async ({ request, response, url }, { name = '' }, { actor }) => {
    const { partial } = parseQuery(PushQuery, url.searchParams);
    requireJsonLines(request.headers['content-type']);
    const body = await readBody(request, response, {
      most: door.config.server.limits.document,
      budget: door.bodies,
    });
    try {
      return jsonReply(
        200,
        await door.fleet.push(known(name), { lines: body.bytes, partial }, actor),
      );
    } finally {
      body.release();
    }
  };
}

/** Ids are short; a long one is nobody's, and is not looked for. */
function known(id: string): string {
  if (id.length <= 128) return id;
  throw new FleetError('FLEET_UNKNOWN', 'There is nothing with this id.');
}
