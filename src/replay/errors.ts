import { PortcullisError } from '../kit/errors.ts';

/**
 * REPLAY_CANDIDATE: the policies or rules cannot be put in force, so there is nothing to replay by. REPLAY_BUSY: another
 * replay is under way.
 */
export type ReplayErrorCode = 'REPLAY_CANDIDATE' | 'REPLAY_BUSY';

export class ReplayError extends PortcullisError<ReplayErrorCode> {}
