import { z } from 'zod';

import { sha256 } from '../../kit/digest.ts';
import { LedgerError } from '../errors.ts';

/** A row as far as its header says the same. */
interface Vouched {
  readonly id: string;
  readonly time: string;
  readonly type: string;
  readonly header: string;
}

const Header = z.object({
  id: z.string(),
  time: z.string(),
  type: z.string(),
  body: z.string(),
  input: z.string().optional(),
});
type Header = z.infer<typeof Header>;

/**
 * What the header of a record says: the tree covers that alone. Columns beside it are an index, and whoever changes a body
 * can change the digest in a column with it.
 *
 * @throws LedgerError LEDGER_CORRUPT when the columns say otherwise.
 */
export function vouchedFor({ id, time, type, header }: Vouched): Header {
  const said = parsed(header);
  if (said?.id === id && said.time === time && said.type === type) return said;
  throw changed(id);
}

/** A text that stands under the digest that a header holds. @throws LedgerError LEDGER_CORRUPT */
export function underDigest(id: string, digest: string | undefined, text: string | null): string {
  if (text === null || digest === undefined || sha256(text) !== digest) throw changed(id);
  return text;
}

/** What was changed behind the ledger's back is refused, not shown. */
export function changed(id: string): LedgerError {
  return new LedgerError('LEDGER_CORRUPT', `The body of record ${id} is not what was written.`, {
    help: 'Restore the ledger from a backup.',
  });
}

function parsed(header: string): Header | undefined {
  try {
    return Header.safeParse(JSON.parse(header)).data;
  } catch {
    return undefined;
  }
}
