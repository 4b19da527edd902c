#!/usr/bin/env node
/**
 * Puts Terraform providers that need no network into the peers' cache, built from their public Go modules, and says where Terraform itself is.
 *
 *   node test/peers/install-terraform.mjs            build what is missing (some minutes the first time, nothing afterwards)
 *   node test/peers/install-terraform.mjs --find     build nothing; print as JSON where each is, null for what is missing
 *
 * The cache is PORTCULLIS_PEERS_CACHE, else ~/.cache/portcullis-peers. Terraform is taken from PATH: it is not built here.
 * The AWS provider is too large to build; a filesystem mirror that holds it is named by PORTCULLIS_PEERS_TERRAFORM_MIRROR, or found where such
 * mirrors usually lie.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * Their releases are tagged v3, v2, … while their modules are not named so, which Go does not take: a commit is pinned by its pseudo-version,
 * and stands in the mirror under a version that no release has.
 */
const PROVIDERS = [
  { name: 'random', module: 'v1.3.2-0.20260824155315-e1092b0cfc07' },
  { name: 'local', module: 'v1.4.1-0.20260806152022-9068a4b7aa37' },
];
const VERSION = '99.0.0';
const HOST = 'registry.terraform.io/hashicorp';
const ARCH = { x64: 'amd64', ia32: '386' }[process.arch] ?? process.arch;
const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}_${ARCH}`;

const cache =
  process.env['PORTCULLIS_PEERS_CACHE'] ?? join(homedir(), '.cache', 'portcullis-peers');
const mirror = join(cache, 'terraform-mirror');

main();

function main() {
  if (process.argv.includes('--find')) return say(JSON.stringify(found()));
  requireOnPath(
    'terraform',
    'Terraform is not on PATH (https://developer.hashicorp.com/terraform)',
  );
  for (const provider of PROVIDERS) {
    if (existsSync(pathOf(provider))) say(`${provider.name}: here, ${pathOf(provider)}`);
    else build(provider);
  }
}

function found() {
  return {
    terraform: onPath('terraform') ?? null,
    mirror: PROVIDERS.every((provider) => existsSync(pathOf(provider))) ? mirror : null,
    aws: awsMirror() ?? null,
  };
}

/** Where `terraform init` looks in a mirror that is unpacked: host/namespace/type/version/os_arch. */
function pathOf({ name }) {
  return join(mirror, HOST, name, VERSION, PLATFORM, `terraform-provider-${name}_v${VERSION}`);
}

function awsMirror() {
  const named = process.env['PORTCULLIS_PEERS_TERRAFORM_MIRROR'];
  const places =
    named === undefined
      ? [
          join(homedir(), '.terraform.d/plugins'),
          '/usr/local/share/terraform/plugins',
          '/usr/share/terraform/plugins',
          '/opt/tf-plugins',
        ]
      : [named];
  return places.find((place) => {
    const versions = join(place, HOST, 'aws');
    return (
      existsSync(versions) &&
      readdirSync(versions).some((version) => existsSync(join(versions, version, PLATFORM)))
    );
  });
}

function onPath(name) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

function requireOnPath(name, otherwise) {
  if (onPath(name) === undefined) fail(otherwise);
}

/**
 * `go install` refuses a module whose go.mod names another path than it is fetched by, as those of the providers do; a copy of the module
 * builds in place. The binary is moved in when it is whole.
 */
function build(provider) {
  requireOnPath('go', 'building the providers needs Go 1.24 or newer on PATH (https://go.dev/dl/)');
  const { name, module } = provider;
  const started = Date.now();
  say(`${name}: building terraform-provider-${name} ${module} (this takes minutes)`);
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'build-'));
  try {
    const source = join(folder, 'source');
    cpSync(download(name, module, folder), source, { recursive: true });
    spawnSync('chmod', ['-R', 'u+w', source]); // The module cache is read-only, and so is what is copied from it.
    compile(provider, source, join(folder, 'provider'));
    mkdirSync(join(pathOf(provider), '..'), { recursive: true });
    renameSync(join(folder, 'provider'), pathOf(provider));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say(`${name}: built in ${String(Math.round((Date.now() - started) / 1000))} s`);
}

function download(name, module, cwd) {
  const wanted = `github.com/hashicorp/terraform-provider-${name}@${module}`;
  const ran = spawnSync('go', ['mod', 'download', '-json', wanted], { cwd, encoding: 'utf8' });
  if (ran.status === 0) return JSON.parse(ran.stdout).Dir;
  return fail(`go mod download ${wanted}: ${ran.stdout}${ran.stderr}`);
}

function compile({ name, module }, cwd, output) {
  const ran = spawnSync(
    'go',
    ['build', '-mod=mod', '-trimpath', '-ldflags', '-s -w', '-o', output, '.'],
    {
      cwd,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false', GOWORK: 'off' },
    },
  );
  if (ran.status !== 0) fail(`go build of terraform-provider-${name} ${module} failed (see above)`);
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

function fail(line) {
  process.stderr.write(`install-terraform: ${line}\n`);
  process.exit(1);
}
