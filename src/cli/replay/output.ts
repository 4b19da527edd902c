import { InvalidArgumentError } from 'commander';

import type { Impact } from '../../replay/impact/model.ts';
import { impactHtml } from '../../replay/render/html.ts';
import { impactMarkdown } from '../../replay/render/markdown.ts';
import type { Io } from '../io.ts';
import { oneOf } from '../options.ts';
import { writeOutputFile } from '../write-file.ts';
import { impactText } from './text.ts';

export const IMPACT_FORMATS = ['text', 'json', 'markdown', 'html'] as const;
type ImpactFormat = (typeof IMPACT_FORMATS)[number];

/** One `--output`: a format, to standard output or into a file. */
export interface ImpactOutput {
  readonly format: ImpactFormat;
  readonly file: string | undefined;
}

/** `html` or `html=impact.html`, added to those before. @throws InvalidArgumentError */
export function impactOutputs(
  value: string,
  before: readonly ImpactOutput[] | undefined,
): readonly ImpactOutput[] {
  const [name = '', ...rest] = value.split('=');
  const file = rest.length === 0 ? undefined : rest.join('=');
  if (file === '') throw new InvalidArgumentError('It is written html=impact.html.');
  return [...(before ?? []), { format: oneOf(IMPACT_FORMATS, name, '--output'), file }];
}

const RENDER = {
  text: impactText,
  json: (impact) => `${JSON.stringify(impact, null, 2)}\n`,
  markdown: impactMarkdown,
  html: impactHtml,
} satisfies Record<ImpactFormat, (impact: Impact, terminal: Terminal) => string>;

interface Terminal {
  readonly colour: boolean;
  readonly columns: number;
}

/** Writes every output that was asked for; text, where none was. */
export function writeImpact(
  io: Io,
  impact: Impact,
  outputs: readonly ImpactOutput[] = [{ format: 'text', file: undefined }],
): void {
  for (const { format, file } of outputs) {
    const colour = io.colour && file === undefined;
    const text = RENDER[format](impact, { colour, columns: io.columns });
    if (file === undefined) io.stdout.write(text);
    else writeOutputFile(io, file, text);
  }
}
