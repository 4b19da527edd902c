// Puts what each process of Portcullis loads at its start into a few files, in place of some seven hundred: finding, reading
// and linking those is most of what a short command takes. The compiled modules stay beside them, one a source file.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = path.join(ROOT, 'src');
const DIST = path.join(ROOT, 'dist');

/** Where a process or a thread begins; each keeps the name by which it is started. */
const ENTRIES = [
  'bin',
  'server',
  'engine/wasm/worker',
  'engine/toolchain/worker',
  'ledger/sqlite/writer-thread',
  'audit-report/formats/pdf/worker',
];

/** Packages of many small modules that nearly every command needs. The others stay packages, loaded when they are wanted. */
const BUNDLED = [
  'ajv',
  'commander',
  'fast-deep-equal',
  'fast-uri',
  'json-schema-traverse',
  'kysely',
  'picocolors',
  're2js',
  'yaml',
  'zod',
];

/** Stands for `import.meta.url` of a module, until it is known in which file the module ends. */
const HERE = /__url_of__\("([^"]+)"\)/g;

await bundle();

/** Bundles the sources into `dist/`, over what the compiler made of the entries. */
async function bundle() {
  const { rolldown } = await import('rolldown');
  const built = await rolldown({
    input: Object.fromEntries(ENTRIES.map((entry) => [entry, path.join(SOURCES, `${entry}.ts`)])),
    platform: 'node',
    external: (id) => isPackage(id) && !BUNDLED.includes(packageOf(id)),
    plugins: [keepUrls()],
  });
  const { output } = await built.write({
    dir: DIST,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  });
  await built.close();
  // They tell of the files that were there before.
  for (const entry of ENTRIES) rmSync(path.join(DIST, `${entry}.js.map`), { force: true });
  writeFileSync(path.join(DIST, 'LICENSES.txt'), licences(output));
}

function isPackage(id) {
  return !id.startsWith('.') && !path.isAbsolute(id);
}

/** `zod` of `zod/v4/core`, and `@aws-sdk/client-sts` of itself. */
function packageOf(id) {
  return id.split('/', id.startsWith('@') ? 2 : 1).join('/');
}

/** A module looks for files beside itself, or above: where it stands alone in `dist/`, and not where its text was put. */
function keepUrls() {
  return {
    name: 'keep-urls',
    transform(code, id) {
      if (!id.startsWith(SOURCES) || !code.includes('import.meta.url')) return undefined;
      const module = path.relative(SOURCES, id).replace(/\.ts$/, '.js');
      return code.replaceAll('import.meta.url', `__url_of__(${JSON.stringify(module)})`);
    },
    renderChunk(code, { fileName }) {
      return code.replaceAll(HERE, (_, module) => {
        const there = path.posix.relative(path.posix.dirname(fileName), module);
        return `new URL(${JSON.stringify(`./${there}`)}, import.meta.url).href`;
      });
    },
  };
}

/** Whoever passes the files on passes these packages on too, and their licences ask to be told. */
function licences(output) {
  const modules = output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
  const used = BUNDLED.filter((name) =>
    modules.some((id) => id.includes(`/node_modules/${name}/`)),
  );
  return used.map((name) => `${name}\n\n${licenceOf(name)}`).join(`\n${'-'.repeat(80)}\n\n`);
}

function licenceOf(name) {
  return readFileSync(path.join(ROOT, 'node_modules', name, 'LICENSE'), 'utf8');
}
