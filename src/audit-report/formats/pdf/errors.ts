import { PortcullisError } from '../../../kit/errors.ts';

/** PDF_TIMEOUT: the pages took too long, and were given up. PDF_FAILED: the compiler refused them, or its thread ended. */
export class PdfError extends PortcullisError<'PDF_TIMEOUT' | 'PDF_FAILED'> {}
