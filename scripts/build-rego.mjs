// Builds the Rego toolchain (rego/*.go) for WebAssembly, with the notices of every module it contains.
//
//   node scripts/build-rego.mjs           writes rego/dist/
//   node scripts/build-rego.mjs --check   builds aside and compares with what is committed
//
// The build is reproducible: pinned sources (go.sum), pinned Go, no paths, no version control stamp. Compared is the
// uncompressed module, because two releases of a compressor may pack the same bytes differently.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const REGO = new URL('../rego/', import.meta.url).pathname;
const DIST = join(REGO, 'dist');
const LICENCE = /^(licen[cs]e|copying|notice|patents)([.-].*)?$/i;

function go(args, environment = {}) {
  const run = spawnSync('go', args, {
    cwd: REGO,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    // A newer Go must not be fetched silently, nor flags of this machine change the bytes.
    env: {
      ...process.env,
      GOTOOLCHAIN: 'local',
      GOFLAGS: '-mod=readonly',
      CGO_ENABLED: '0',
      ...environment,
    },
  });
  if (run.status !== 0) throw new Error(`go ${args[0]} failed: ${run.stderr || run.error}`);
  return run.stdout;
}

function goVersion() {
  const run = spawnSync('go', ['env', 'GOVERSION'], {
    cwd: REGO,
    encoding: 'utf8',
    env: { ...process.env, GOTOOLCHAIN: 'local' },
  });
  return run.status === 0 ? run.stdout.trim() : undefined;
}

function pinnedGo() {
  return /^toolchain (go\S+)$/m.exec(readFileSync(join(REGO, 'go.mod'), 'utf8'))?.[1];
}

function digestOf(bytes) {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function compile(target) {
  go(['build', '-trimpath', '-buildvcs=false', '-ldflags=-s -w', '-o', target, '.'], {
    GOOS: 'wasip1',
    GOARCH: 'wasm',
  });
  return readFileSync(target);
}

/** Every module whose packages are linked in, with its licence texts; the Go standard library first. */
function notices() {
  const format =
    '{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}\t{{$.Dir}}{{end}}{{end}}';
  const listed = go(['list', '-deps', '-f', format, '.'], { GOOS: 'wasip1', GOARCH: 'wasm' });
  const folders = new Map([
    [`Go standard library ${pinnedGo()}`, new Set([go(['env', 'GOROOT']).trim()])],
  ]);
  for (const line of listed
    .split('\n')
    .filter((line) => line !== '')
    .sort()) {
    const [module, root, folder] = line.split('\t');
    // A package can carry code of somebody else, with a licence of its own beside it.
    folders.set(module, (folders.get(module) ?? new Set([root])).add(folder));
  }
  const parts = [...folders].map(([module, places]) => notice(module, [...places]));
  return `toolchain.wasm contains the following works.\n\n${parts.join('\n')}`;
}

function notice(module, folders) {
  const texts = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => LICENCE.test(name))
      .sort()
      .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trimEnd()),
  );
  if (texts.length === 0) throw new Error(`${module} has no licence file`);
  return `${'='.repeat(100)}\n${module}\n${'='.repeat(100)}\n\n${[...new Set(texts)].join('\n\n')}\n`;
}

function requirement(path) {
  return new RegExp(`${path} v(\\S+)`).exec(readFileSync(join(REGO, 'go.mod'), 'utf8'))?.[1];
}

function build(version) {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-rego-'));
  try {
    const wasm = compile(join(folder, 'toolchain.wasm'));
    return {
      wasm,
      manifest: {
        digest: digestOf(wasm),
        bytes: wasm.length,
        opa: requirement('open-policy-agent/opa'),
        go: version,
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write({ wasm, manifest }) {
  mkdirSync(DIST, { recursive: true });
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: wasm.length,
  };
  const packed = brotliCompressSync(wasm, { params });
  writeFileSync(join(DIST, 'toolchain.wasm.br'), packed);
  writeFileSync(join(DIST, 'toolchain.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  writeFileSync(join(DIST, 'NOTICES.txt'), notices());
  console.log(
    `rego/dist/toolchain.wasm.br: ${packed.length} bytes of ${wasm.length}, ${manifest.digest}`,
  );
}

function compare({ manifest }) {
  const committed = existsSync(join(DIST, 'toolchain.json'))
    ? JSON.parse(readFileSync(join(DIST, 'toolchain.json'), 'utf8'))
    : {};
  const differing = Object.keys(manifest).filter((key) => manifest[key] !== committed[key]);
  if (readFileSync(join(DIST, 'NOTICES.txt'), 'utf8') !== notices()) differing.push('NOTICES.txt');
  if (differing.length === 0)
    return console.log(`rego/dist is what rego/*.go builds to: ${manifest.digest}`);
  console.error(
    `rego/dist differs from what rego/*.go builds to (${differing.join(', ')}): run npm run build:rego and commit.`,
  );
  process.exitCode = 1;
}

function main() {
  const check = process.argv.includes('--check');
  const [have, want] = [goVersion(), pinnedGo()];
  if (have !== want) {
    const reason = have === undefined ? 'Go is not installed' : `this is ${have}`;
    console.error(`SKIPPED: the Rego toolchain was NOT rebuilt: ${reason}, ${want} is needed.`);
    if (!check) process.exitCode = 1;
    return;
  }
  const built = build(have);
  if (check) compare(built);
  else write(built);
}

main();
