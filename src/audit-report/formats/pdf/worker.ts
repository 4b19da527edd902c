import { tmpdir } from 'node:os';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

import { messageOf } from '../../../kit/errors.ts';
import type { PdfResult, PdfTask } from './worker-message.ts';

/** Checked by the compiler: tags, title, language, alternatives of pictures, and no letter without a glyph. */
const STANDARD = 'ua-1';

/** The compiler may read below its workspace; there is nothing at this place, and nothing is made there. */
const NOWHERE = path.join(tmpdir(), 'portcullis-typesets-without-files');

parentPort?.postMessage(run(workerData as PdfTask));

function run({ template, report, madeAtSeconds }: PdfTask): PdfResult {
  try {
    const compiler = NodeCompiler.create({ workspace: NOWHERE });
    const compiled = compiler.compile({ mainFileContent: template, inputs: { report } });
    const document = compiled.result;
    if (document === null)
      return { refused: JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? []) };
    const options = { pdfStandard: STANDARD, creationTimestamp: madeAtSeconds };
    return { pages: compiler.pdf(document, options) };
  } catch (thrown) {
    return { refused: messageOf(thrown) };
  }
}
