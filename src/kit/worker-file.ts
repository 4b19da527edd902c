/**
 * The compiled file of a worker that stands beside the module that starts it.
 *
 * A worker thread loads plain JavaScript only. When the caller itself runs from TypeScript (tests), the worker's file
 * is taken from the last build, `dist/`, which mirrors `src/`.
 *
 * @param moduleUrl `import.meta.url` of the caller.
 * @param relative the worker relative to the caller, `./worker.js`.
 */
export function workerFile(moduleUrl: string, relative: string): URL {
  const beside = new URL(relative, moduleUrl);
  if (!new URL(moduleUrl).pathname.endsWith('.ts')) return beside;
  // The last one: the project itself may be checked out below a folder called src.
  const at = beside.pathname.lastIndexOf('/src/');
  if (at === -1) return beside;
  const built = `${beside.pathname.slice(0, at)}/dist/${beside.pathname.slice(at + '/src/'.length)}`;
  return new URL(built, beside);
}
