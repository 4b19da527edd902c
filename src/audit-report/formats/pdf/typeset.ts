import { Worker } from 'node:worker_threads';

import { messageOf } from '../../../kit/errors.ts';
import { workerFile } from '../../../kit/worker-file.ts';
import type { Content } from './content.ts';
import { PdfError } from './errors.ts';
import { lettersRefused, withoutLetters } from './letters.ts';
import { TEMPLATE } from './template.ts';
import type { PdfResult, PdfTask } from './worker-message.ts';

const DEADLINE_MS = 120_000;
/** Letters that no font has come out a few kinds at a time. */
const MOST_ROUNDS = 4;

/**
 * Typesets in a thread of its own, so that whoever waits for a decision does not wait for pages. Letters that no font of
 * this machine has are shown as escapes, rather than not at all.
 *
 * @throws PdfError PDF_TIMEOUT, PDF_FAILED.
 */
export async function typeset(content: Content, madeAt: number): Promise<Uint8Array> {
  let report = JSON.stringify(content);
  const madeAtSeconds = Number.isFinite(madeAt) ? Math.floor(madeAt / 1000) : 0;
  for (let round = 1; ; round += 1) {
    const result = await inTurn(() => run({ template: TEMPLATE, report, madeAtSeconds }));
    if ('pages' in result) return result.pages;
    const letters = lettersRefused(result.refused);
    if (letters.size === 0 || round > MOST_ROUNDS) throw refused(result.refused);
    report = withoutLetters(report, round === MOST_ROUNDS ? 'all but ASCII' : letters);
  }
}

/** One at a time in a process: a compiler takes all cores that it finds, and hundreds of megabytes. */
let turn: Promise<unknown> = Promise.resolve();

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = turn.then(work);
  turn = mine.catch(() => undefined);
  return mine;
}

function run(task: PdfTask): Promise<PdfResult> {
  const worker = new Worker(workerFile(import.meta.url, './worker.js'), {
    workerData: task,
    env: {},
  });
  return new Promise<PdfResult>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(
        new PdfError('PDF_TIMEOUT', `the pages took longer than ${DEADLINE_MS / 1000} s`, HELP),
      );
    }, DEADLINE_MS);
    worker.once('message', resolve);
    worker.once('error', (thrown) => {
      reject(new PdfError('PDF_FAILED', `no PDF: ${messageOf(thrown)}`, { cause: thrown }));
    });
    worker.once('exit', (code) => {
      clearTimeout(timer);
      reject(new PdfError('PDF_FAILED', `the thread that typesets ended by itself (${code})`));
    });
  }).finally(() => {
    // Not awaited: a compiler in native code is not interrupted, it ends with its work.
    void worker.terminate();
  });
}

const HELP = { help: 'Ask for a shorter period, or for HTML, which prints too.' };

function refused(said: string): PdfError {
  return new PdfError(
    'PDF_FAILED',
    `the typesetter refused the report: ${said.slice(0, 500)}`,
    HELP,
  );
}
