import { PortcullisError } from '../../kit/errors.ts';
import type { ErrorDetails } from '../../kit/errors.ts';
import type { Diagnostic } from './toolchain.ts';

/**
 * TOOLCHAIN_REJECTED: the sources are wrong, see the diagnostics. TOOLCHAIN_TIMEOUT, TOOLCHAIN_MEMORY: ended at its limit.
 * TOOLCHAIN_BROKEN: the module is damaged or answered nonsense.
 */
export type ToolchainErrorCode =
  'TOOLCHAIN_REJECTED' | 'TOOLCHAIN_TIMEOUT' | 'TOOLCHAIN_MEMORY' | 'TOOLCHAIN_BROKEN';

export class ToolchainError extends PortcullisError<ToolchainErrorCode> {
  readonly diagnostics: readonly Diagnostic[];

  constructor(
    code: ToolchainErrorCode,
    message: string,
    diagnostics: readonly Diagnostic[] = [],
    details: ErrorDetails = {},
  ) {
    super(code, message, details);
    this.diagnostics = diagnostics;
  }
}
