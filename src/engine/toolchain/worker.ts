import { parentPort, workerData } from 'node:worker_threads';
import { ConsoleStdout, File, OpenFile, WASI, WASIProcExit } from '@bjorn3/browser_wasi_shim';

import type { WorkerResult, WorkerTask } from './worker-message.ts';

const MAX_STDERR = 64 * 1024;

/** Output as it comes, up to a limit. */
function collector(limit: number): { write: (chunk: Uint8Array) => void; bytes: () => Uint8Array } {
  const chunks: Uint8Array[] = [];
  let length = 0;
  return {
    write: (chunk) => {
      length += chunk.length;
      if (length > limit) throw new RangeError(`more than ${limit} bytes of output`);
      chunks.push(Uint8Array.from(chunk));
    },
    bytes: () => Buffer.concat(chunks),
  };
}

/** The program sees its request on standard input and nothing else: no files, no arguments, no network. */
function run(task: WorkerTask): WorkerResult {
  const stdout = collector(task.maxOutput);
  const stderr = collector(MAX_STDERR);
  const wasi = new WASI(
    ['toolchain'],
    [...task.environment],
    [
      new OpenFile(new File(task.request, { readonly: true })),
      new ConsoleStdout(stdout.write),
      new ConsoleStdout(stderr.write),
    ],
    // Left out it means true, and the shim then prints to the host's console.
    { debug: false },
  );
  const instance = new WebAssembly.Instance(task.module, {
    wasi_snapshot_preview1: wasi.wasiImport,
  });
  const exitCode = start(wasi, instance);
  return { exitCode, stdout: stdout.bytes(), stderr: Buffer.from(stderr.bytes()).toString('utf8') };
}

function start(wasi: WASI, instance: WebAssembly.Instance): number {
  const { memory, _start } = instance.exports;
  if (!(memory instanceof WebAssembly.Memory) || typeof _start !== 'function') {
    throw new TypeError('the toolchain module is no WASI program');
  }
  wasi.inst = { exports: { memory } };
  try {
    Reflect.apply(_start, undefined, []);
    return 0;
  } catch (thrown) {
    if (thrown instanceof WASIProcExit) return thrown.code;
    throw thrown;
  }
}

parentPort?.postMessage(run(workerData as WorkerTask));
