import { PortcullisError } from '../kit/errors.ts';
import type { EngineErrorCode } from './engine.ts';

/** The engine cannot be loaded or is gone. What goes wrong inside an evaluation is a JobResult instead. */
export class EngineError extends PortcullisError<EngineErrorCode> {}
