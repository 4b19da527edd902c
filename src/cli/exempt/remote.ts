import type { ExemptionDesk } from '../../exemption/desk.ts';
import { ExemptionList, ExemptionReview, ExemptionView } from '../../exemption/views.ts';
import { compact } from '../../kit/compact.ts';
import type { Client } from '../client.ts';

const PATH = 'v1/exemptions';

/** The exemptions of a running gate. */
export function remoteExemptions(client: Client): ExemptionDesk {
  const at = (id: string, what = ''): string => `${PATH}/${encodeURIComponent(id)}${what}`;
  const post = (path: string, json: unknown) =>
    client.call({ method: 'POST', path, json }, ExemptionView);
  return {
    request: (ask) => post(PATH, ask),
    approve: (id) => post(at(id, '/approve'), {}),
    reject: (id, reason) => post(at(id, '/reject'), { reason }),
    revoke: (id, reason) => post(at(id, '/revoke'), { reason }),
    list: ({ limit, ...query }) => {
      const asked = new URLSearchParams({ ...compact(query), limit: String(limit) });
      return client.call({ method: 'GET', path: `${PATH}?${String(asked)}` }, ExemptionList);
    },
    find: (id) => client.call({ method: 'GET', path: at(id) }, ExemptionView),
    review: (days) =>
      client.call({ method: 'GET', path: `${PATH}/review?unusedDays=${days}` }, ExemptionReview),
  };
}
