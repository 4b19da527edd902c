import { z } from 'zod';

import { json } from '../operation.ts';
import type { Operation } from '../operation.ts';

const Leaf = z.object({
  index: z.int().describe('Position in the log, from 0.'),
  leaf: z.string().describe('The header of the record: the bytes that the tree covers.'),
  proof: z.array(z.string()).describe('Hashes from the leaf’s sibling upwards, base64.'),
});

const LedgerProof = z
  .object({
    checkpoint: z.string().describe('A signed note (C2SP tlog-checkpoint).'),
    ...Leaf.shape,
  })
  .meta({ id: 'LedgerProof', description: 'That a record is in the log (RFC 6962 §2.1.1).' });

const LedgerConsistency = z
  .object({
    checkpoint: z.string().describe('The newest one.'),
    from: z.int(),
    proof: z.array(z.string()).describe('Hashes in base64.'),
  })
  .meta({
    id: 'LedgerConsistency',
    description: 'That the first records are still the first ones (RFC 6962 §2.1.2).',
  });

export const ConsistencyQuery = z.object({
  from: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 48)
    .describe('The size of the tree in a checkpoint that was kept.'),
});

const text = { 'text/plain': { schema: z.string() } };

/** The ledger as a log that others verify (C2SP tlog-tiles): `/v1/ledger` is the prefix. */
export const LEDGER_OPERATIONS = {
  ledgerCheckpoint: {
    method: 'get',
    path: '/v1/ledger/checkpoint',
    role: 'read',
    about: {
      tags: ['ledger'],
      summary: 'The newest signed head of the ledger',
      description: 'A C2SP tlog-checkpoint. Keep one: it proves later that nothing was rewritten.',
      responses: { 200: { description: 'A signed note.', content: text } },
    },
  },
  ledgerTile: {
    method: 'get',
    path: '/v1/ledger/tile/{tile}',
    tail: true,
    role: 'read',
    about: {
      tags: ['ledger'],
      summary: 'Hashes or entries of the ledger',
      description:
        'A C2SP tlog-tiles tile: `tile/<level>/<index>[.p/<width>]` for hashes, `tile/entries/<index>[.p/<width>]` for entries. It never changes.',
      requestParams: {
        path: z.object({
          tile: z.string().describe('With slashes: `0/x001/234`, `entries/000.p/17`.'),
        }),
      },
      responses: {
        200: {
          description: 'The tile.',
          content: { 'application/octet-stream': { schema: z.string() } },
        },
      },
    },
  },
  ledgerVerifierKeys: {
    method: 'get',
    path: '/v1/ledger/verifier-keys',
    role: 'read',
    about: {
      tags: ['ledger'],
      summary: 'The keys that checkpoints are verified with',
      description:
        'One a line, the one that signs now first. Keep it apart from the log: a key that comes with a log proves nothing of whose log it is.',
      responses: { 200: { description: 'C2SP signed-note verifier keys.', content: text } },
    },
  },
  ledgerProof: {
    method: 'get',
    path: '/v1/ledger/proofs/{record}',
    role: 'read',
    about: {
      tags: ['ledger'],
      summary: 'Prove that a record is in the ledger',
      requestParams: {
        path: z.object({
          record: z.string().describe('The id of a decision, or the sequence of any record.'),
        }),
      },
      responses: { 200: json(LedgerProof, 'The proof.') },
    },
  },
  ledgerConsistency: {
    method: 'get',
    path: '/v1/ledger/consistency',
    role: 'read',
    about: {
      tags: ['ledger'],
      summary: 'Prove that the ledger only grew',
      requestParams: { query: ConsistencyQuery },
      responses: { 200: json(LedgerConsistency, 'The proof.') },
    },
  },
} as const satisfies Record<string, Operation>;
