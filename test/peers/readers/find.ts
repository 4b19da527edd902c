import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

const INSTALL = fileURLToPath(new URL('../install-readers.mjs', import.meta.url));

const Found = z.object({
  sarifSchema: z.string().nullable(),
  oscalPython: z.string().nullable(),
  workbookPython: z.string().nullable(),
  chromium: z.string().nullable(),
});

export interface Readers {
  readonly sarifSchema: string;
  readonly oscalPython: string;
  readonly workbookPython: string;
  readonly chromium: string;
}

/**
 * What reads reports, or undefined after saying aloud that it is missing.
 *
 * @throws Error in place of that where PORTCULLIS_PEERS_REQUIRED is set: there a skipped test is a broken one.
 */
export function findReaders(): Readers | undefined {
  const printed = execFileSync('node', [INSTALL, '--find']).toString('utf8');
  const { sarifSchema, oscalPython, workbookPython, chromium } = Found.parse(JSON.parse(printed));
  if (sarifSchema !== null && oscalPython !== null && workbookPython !== null && chromium !== null)
    return { sarifSchema, oscalPython, workbookPython, chromium };
  const message =
    'SKIPPED peer: reports in the hands of those who read them: missing Chromium, the SARIF schema, OSCAL models or openpyxl ' +
    '(node test/peers/install-readers.mjs)';
  if (process.env['PORTCULLIS_PEERS_REQUIRED'] !== undefined) throw new Error(message);
  console.error(message);
  return undefined;
}
