import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** The version of Portcullis; package.json stands above both src/ and dist/. */
export const VERSION: string = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))).version;
