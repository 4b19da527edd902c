import type { PipelineResponse } from '@azure/core-rest-pipeline';

import type { CloudOutside } from '../adapter.ts';
import { CloudError } from '../errors.ts';
import { jsonOf } from './connection.ts';
import type { AzureConnection } from './connection.ts';
import { GraphAnswer } from './schema.ts';

/** Rows in a page; Resource Graph gives no more. */
const PAGE = 1000;
/** A longer pause than this is not worth holding a place for. */
const LONGEST_WAIT_MS = 15_000;
const PATH = '/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01';

/** A question to Resource Graph: of subscriptions, or of a management group. */
export interface GraphQuestion {
  readonly query: string;
  readonly subscriptions?: readonly string[];
  readonly managementGroups?: readonly string[];
  readonly skipToken?: string;
  /** What is asked, for messages: `resources`. */
  readonly action: string;
}

export interface GraphPage extends GraphAnswer {
  /** There were more subscriptions than Resource Graph looks at. */
  readonly limitHit: boolean;
}

/** Resource Graph, within the quota that its answers tell. */
export interface Graph {
  /** @throws CloudError */
  readonly ask: (question: GraphQuestion, signal: AbortSignal) => Promise<GraphPage>;
}

/**
 * Asks Resource Graph by its REST API: its own package for Node 20 is of another age.
 *
 * @see https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests
 */
export function openGraph(connection: AzureConnection): Graph {
  const quota = createQuota(connection.outside);
  return {
    ask: async (question, signal) => {
      await quota.wait(signal);
      return await connection.caller.call(
        // The quota is that of the caller, whatever it asks about.
        { account: 'Azure', region: '', service: 'resource-graph', action: question.action },
        async (attempt) => {
          const body = bodyOf(question);
          const request = { method: 'POST' as const, url: PATH, body, onAnswer: quota.note };
          return pageOf(await connection.send(request, attempt));
        },
        { signal },
      );
    },
  };
}

function bodyOf({ query, subscriptions, managementGroups, skipToken }: GraphQuestion): unknown {
  return {
    query,
    ...(subscriptions === undefined ? {} : { subscriptions }),
    ...(managementGroups === undefined ? {} : { managementGroups }),
    options: {
      $top: PAGE,
      resultFormat: 'objectArray',
      ...(skipToken === undefined ? {} : { $skipToken: skipToken }),
    },
  };
}

function pageOf(response: PipelineResponse): GraphPage {
  const answer = GraphAnswer.safeParse(jsonOf(response));
  if (!answer.success)
    throw new CloudError('CLOUD_PROTOCOL', 'the answer of Resource Graph has another shape', {
      cause: answer.error,
    });
  const limitHit = response.headers.get('x-ms-tenant-subscription-limit-hit') === 'true';
  return { ...answer.data, limitHit };
}

interface Quota {
  readonly wait: (signal: AbortSignal) => Promise<void>;
  readonly note: (response: PipelineResponse) => void;
}

/** What is left of the quota is told by each answer; others may use it too, so our own count is not enough. */
function createQuota(outside: CloudOutside): Quota {
  let notBefore = 0;
  return {
    wait: async (signal) => {
      const wait = notBefore - outside.clock().getTime();
      if (wait <= 0 || signal.aborted) return;
      if (wait > LONGEST_WAIT_MS) {
        const retryAt = new Date(notBefore).toISOString();
        throw new CloudError(
          'CLOUD_PARKED',
          `the quota of Resource Graph is used up until ${retryAt}`,
          {
            retryAt,
          },
        );
      }
      await outside.sleep(wait, signal);
    },
    note: ({ headers }) => {
      if (headers.get('x-ms-user-quota-remaining') !== '0') return;
      notBefore =
        outside.clock().getTime() + clockTimeMs(headers.get('x-ms-user-quota-resets-after'));
    },
  };
}

/** `hh:mm:ss`. */
function clockTimeMs(text: string | undefined): number {
  const [, hours, minutes, seconds] = /^(\d+):(\d\d):(\d\d)/.exec(text ?? '') ?? [];
  return (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)) * 1000;
}

/** A text as Kusto writes it. */
export function literal(text: string): string {
  return `'${text.replace(/[\\']/g, String.raw`\$&`)}'`;
}
