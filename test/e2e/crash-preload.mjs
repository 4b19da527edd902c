// Breaks a process of the test from inside, in the midst of a request: whatever parses a document with the word for it
// leaves behind an error that nobody catches, and that quotes the document.
import process from 'node:process';
import { setImmediate } from 'node:timers';
import { isMainThread } from 'node:worker_threads';

const { CRASH: kind = '' } = process.env;
const { parse } = JSON;
const inPlace = isMainThread === (kind !== 'worker');
let broken = false;

/** Later, when the document was understood and its policies are being asked. */
function breakLater(text) {
  const error = new Error(`broke on purpose: ${text}`, { cause: new Error(text) });
  setImmediate(() => {
    if (kind === 'rejection') void Promise.reject(error);
    else throw error;
  });
}

JSON.parse = (text, ...more) => {
  if (inPlace && !broken && typeof text === 'string' && text.includes('crash-now')) {
    broken = true;
    if (kind === 'worker') throw new Error(`broke on purpose: ${text}`);
    breakLater(text);
  }
  return parse(text, ...more);
};
