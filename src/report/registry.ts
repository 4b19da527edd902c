import { github } from './github/index.ts';
import { gitlab } from './gitlab/index.ts';
import { json } from './json/index.ts';
import { junit } from './junit/index.ts';
import { markdown } from './markdown/index.ts';
import type { Report } from './report.ts';
import { sarif } from './sarif/index.ts';
import { text } from './text/index.ts';

/** Every format a check can be written in; `--output`, its help and the docs come from this table. */
export const REPORTS = [
  text,
  json,
  sarif,
  junit,
  github,
  gitlab,
  markdown,
] as const satisfies readonly Report[];

export type ReportId = (typeof REPORTS)[number]['id'];
