import { canonicalJson } from '../../kit/canonical-json.ts';
import { sha256 } from '../../kit/digest.ts';
import type { RunGap } from '../../sweep/run.ts';
import { json, text } from '../columns.ts';
import type { Connection } from '../database.ts';

/** A gap that is found again, because a page is read again, is the same gap. */
export async function writeGaps(
  transaction: Connection,
  run: string,
  gaps: readonly RunGap[],
): Promise<void> {
  for (const { inventory, partition, account, scope, type, code, message } of gaps) {
    const row = {
      inventory,
      partition: text(partition),
      account: text(account),
      scope: json(scope),
      type: type === undefined ? null : text(type),
      code,
      message: text(message),
    };
    await transaction
      .insertInto('sweep_gap')
      .values({ run_id: run, id: sha256(canonicalJson(row)), ...row })
      .onConflict((on) => on.columns(['run_id', 'id']).doNothing())
      .execute();
  }
}
