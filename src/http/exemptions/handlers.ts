import { ExemptionError } from '../../exemption/errors.ts';
import { ExemptionAsk, ExemptionQuery, ExemptionWhy, ReviewQuery } from '../../exemption/views.ts';
import type { Door } from '../door.ts';
import { readJson } from '../json-body.ts';
import { parseQuery } from '../query.ts';
import type { Read } from '../read.ts';
import { jsonReply } from '../reply.ts';
import type { EXEMPTION_OPERATIONS } from './operations.ts';

/** Answers to what is asked of exemptions: parse, call, map. Who acts is known by the token alone. */
export function exemptionReads(
  door: Door,
): Readonly<Record<keyof typeof EXEMPTION_OPERATIONS, Read>> {
  const { exemptions } = door.fleet;
  return {
    listExemptions: async ({ url }) =>
      jsonReply(200, await exemptions.list(parseQuery(ExemptionQuery, url.searchParams))),
    requestExemption: async (exchange, _, { actor }) =>
      jsonReply(200, await exemptions.request(await readJson(door, exchange, ExemptionAsk), actor)),
    reviewExemptions: async ({ url }) => {
      const { unusedDays } = parseQuery(ReviewQuery, url.searchParams);
      return jsonReply(200, await exemptions.review(unusedDays));
    },
    findExemption: async (_, { id = '' }) => jsonReply(200, await exemptions.find(known(id))),
    approveExemption: async (_, { id = '' }, { actor }) =>
      jsonReply(200, await exemptions.approve(known(id), actor)),
    rejectExemption: async (exchange, { id = '' }, { actor }) => {
      const { reason } = await readJson(door, exchange, ExemptionWhy);
      return jsonReply(200, await exemptions.reject(known(id), reason, actor));
    },
    revokeExemption: async (exchange, { id = '' }, { actor }) => {
      const { reason } = await readJson(door, exchange, ExemptionWhy);
      return jsonReply(200, await exemptions.revoke(known(id), reason, actor));
    },
  };
}

/** Ids are short; a long one is nobody's, and is not looked for. */
function known(id: string): string {
  if (id.length <= 128) return id;
  throw new ExemptionError('EXEMPTION_UNKNOWN', 'There is no exemption with this id.');
}
