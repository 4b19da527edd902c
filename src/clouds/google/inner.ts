import type { AuthClient } from 'google-auth-library';

/** What tests and demonstrations put in place of the environment's. */
export interface GoogleInner {
  readonly auth?: AuthClient;
  /** How long one attempt of a call may take. */
  readonly attemptMs?: number;
}
