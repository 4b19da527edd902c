import { ImpactAsk } from '../replay/impact/ask.ts';
import type { Door } from './door.ts';
import { readJson } from './json-body.ts';
import type { Read } from './read.ts';
import { jsonReply } from './reply.ts';

/** All policies that come with Portcullis are a fraction of this. */
const MOST = 8 * 1024 * 1024;

/** POST /v1/impact: a candidate in, what it would have changed out. */
export function askImpact(door: Door): Read {
  return async (exchange) => {
    const ask = await readJson(door, exchange, ImpactAsk, MOST);
    return jsonReply(200, await door.gateway.impact(ask));
  };
}
