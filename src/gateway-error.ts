import { PortcullisError } from './kit/errors.ts';

/** IDEMPOTENCY_CONFLICT: the key was used for another document. NOT_RECORDING: this gateway keeps no ledger. */
export class GatewayError extends PortcullisError<'IDEMPOTENCY_CONFLICT' | 'NOT_RECORDING'> {}

/** An idempotency key stands for one document and one decision. The key is not said: callers put tokens into it. */
export function conflict(what: string): GatewayError {
  return new GatewayError('IDEMPOTENCY_CONFLICT', `the idempotency key was used for ${what}`, {
    help: 'Use a new key for a new document, or leave it out.',
  });
}
