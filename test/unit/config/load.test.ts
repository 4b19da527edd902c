import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import { ConfigError } from '../../../src/config/errors.ts';
import { loadConfig } from '../../../src/config/load.ts';
import type { Config } from '../../../src/config/schema.ts';
import { configWarnings } from '../../../src/config/checks.ts';

const cwd = mkdtempSync(path.join(tmpdir(), 'portcullis-config-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const HASH = 'a'.repeat(64);

function load(yaml: string, env: Record<string, string> = {}): Config {
  writeFileSync(path.join(cwd, 'given.yaml'), yaml);
  return loadConfig({ file: 'given.yaml', env, cwd });
}

function problemsOf(yaml: string, env: Record<string, string> = {}): string[] {
  try {
    load(yaml, env);
  } catch (error) {
    if (error instanceof ConfigError)
      return error.message
        .split('\n')
        .slice(1)
        .map((line) => line.trim().replace(`${cwd}/`, ''));
    throw error;
  }
  return [];
}

describe('a configuration without a word', () => {
  it('listens on loopback, keeps data below the working folder and cannot be changed', () => {
    const config = loadConfig({ env: {}, cwd });
    expect(config.server).toMatchObject({ host: '127.0.0.1', port: 8181, deadline: 30_000 });
    expect(config.server.limits.document).toBe(100e6);
    expect(config.data).toBe(path.join(cwd, '.portcullis'));
    expect(config.policies.folders[0]).toMatch(/\/policies$/);
    expect(() => Reflect.set(config.server, 'port', 1) || fail()).toThrow();
  });

  it('warns that anyone on the machine may ask', () => {
    expect(configWarnings(loadConfig({ env: {}, cwd }))).toEqual([
      expect.stringContaining('No tokens'),
    ]);
  });
});

function fail(): never {
  throw new Error('the configuration could be changed');
}

describe('what the environment says', () => {
  it('wins over the file, and camel case is written with underscores', () => {
    const config = load('server: {port: 1000, maxConcurrent: 3}', {
      PORTCULLIS_SERVER__MAX_CONCURRENT: '5',
      PORTCULLIS_SERVER__LIMITS__DOCUMENT: '3MiB',
      PORTCULLIS_AUTH__ANONYMOUS_ADMISSION: 'true',
      PORTCULLIS_AUTH__TOKENS: `[{name: ci, role: gate, sha256: "${HASH}"}]`,
    });
    expect(config.server).toMatchObject({ port: 1000, maxConcurrent: 5 });
    expect(config.server.limits.document).toBe(3 * 2 ** 20);
    expect(config.auth).toEqual({
      anonymousAdmission: true,
      tokens: [{ name: 'ci', role: 'gate', sha256: HASH }],
    });
  });

  it('names the file', () => {
    writeFileSync(path.join(cwd, 'other.yaml'), 'data: kept');
    expect(loadConfig({ env: { PORTCULLIS_CONFIG: 'other.yaml' }, cwd }).data).toBe(
      path.join(cwd, 'kept'),
    );
  });

  it('leaves alone what Kubernetes adds for a Service of our name', () => {
    const config = load('', {
      PORTCULLIS_PORT: 'tcp://10.0.0.1:443',
      PORTCULLIS_SERVICE_HOST: '10.0.0.1',
      PORTCULLIS_SERVICE_PORT_HTTPS: '443',
      PORTCULLIS_PORT_443_TCP_ADDR: '10.0.0.1',
      PORTCULLIS_GATE_SERVICE_HOST: '10.0.0.1',
    });
    expect(config.server.port).toBe(8181);
  });
});

describe('relative paths', () => {
  it('start at the folder of the file that says them', () => {
    writeFileSync(path.join(cwd, 'given.yaml'), 'data: records\nrules: {folders: [ours]}');
    const config = loadConfig({
      file: path.join(cwd, 'given.yaml'),
      env: { PORTCULLIS_POLICIES__FOLDERS: '[mine]' },
      cwd: '/',
    });
    expect(config.data).toBe(path.join(cwd, 'records'));
    expect(config.rules.folders).toEqual([path.join(cwd, 'ours')]);
    expect(config.policies.folders).toEqual(['/mine']);
  });
});

describe('a bad configuration', () => {
  it.each([
    ['an unknown key', 'servr: {}', 'given.yaml:1:1: servr: there is no such key'],
    [
      'an unknown key further in',
      'server:\n  prot: 1',
      'given.yaml:2:3: server.prot: there is no such key',
    ],
    [
      'a size without a meaning',
      'server: {limits: {document: 10megs}}',
      'given.yaml:1:19: server.limits.document: "10megs" is not a size',
    ],
    [
      'a size of zero',
      'server:\n  limits:\n    document: 0B',
      'given.yaml:3:5: server.limits.document: "0B" is not a size',
    ],
    ['a size below zero', 'server: {limits: {document: -5}}', 'server.limits.document:'],
    [
      'a negative interval',
      'server:\n  deadline: -1s',
      'given.yaml:2:3: server.deadline: "-1s" is not a duration',
    ],
    ['an interval of zero', 'server: {deadline: 0s}', 'server.deadline: "0s" is too short'],
    ['an interval without a unit', 'server: {deadline: 30}', 'server.deadline: '],
    [
      'an interval longer than a timer can hold',
      'server: {drain: 600h}',
      'server.drain: "600h" is not a duration',
    ],
    ['a port beyond the last', 'server: {port: 70000}', 'server.port: '],
    ['a port that is text', 'server: {port: "8181"}', 'server.port: '],
    ['no workers', 'engine: {workers: 0}', 'engine.workers: '],
    ['a key written twice', 'data: a\ndata: b', 'given.yaml:2:1: Map keys must be unique'],
    ['broken YAML', 'server: {', 'given.yaml:1:10:'],
    ['a list for a document', '- a', 'Invalid input: expected object'],
    [
      'a token in clear text',
      'auth: {tokens: [{name: ci, role: gate, sha256: secret}]}',
      'auth.tokens.0.sha256: the SHA-256',
    ],
    [
      'a role that is not there',
      `auth: {tokens: [{name: ci, role: root, sha256: ${HASH}}]}`,
      'auth.tokens.0.role: ',
    ],
    [
      'two tokens of one name',
      `auth: {tokens: [{name: a, role: gate, sha256: ${HASH}}, {name: a, role: read, sha256: ${'b'.repeat(64)}}]}`,
      'two tokens have the same name',
    ],
    [
      'an open door without tokens',
      'server: {host: 0.0.0.0}',
      'server.host: "0.0.0.0" can be reached from other machines',
    ],
    [
      'a host name without tokens',
      'server: {host: gate.example}',
      'server.host: "gate.example" can be reached',
    ],
    [
      'a key file that is not there',
      'server: {tls: {cert: no.pem, key: no.key}}',
      'server.tls.key: no.key cannot be read',
    ],
    ['TLS without a key', 'server: {tls: {cert: given.yaml}}', 'server.tls.key: '],
    ['no folder of rules', 'rules: {folders: []}', 'rules.folders: '],
  ])('%s is refused with its place', (_, yaml, message) => {
    expect(problemsOf(yaml)).toContainEqual(expect.stringContaining(message));
  });

  it('in the environment is named by its variable', () => {
    expect(problemsOf('', { PORTCULLIS_SERVER__PROT: '1' })).toEqual([
      'PORTCULLIS_SERVER__PROT: server.prot: there is no such key',
    ]);
    expect(problemsOf('', { PORTCULLIS_LOG__LEVEL: 'loud' })[0]).toMatch(
      /^PORTCULLIS_LOG__LEVEL: log\.level: /,
    );
    expect(problemsOf('', { PORTCULLIS_AUTH__TOKENS: '[{' })[0]).toMatch(
      /^PORTCULLIS_AUTH__TOKENS: is neither JSON nor YAML/,
    );
  });

  it('is told all at once', () => {
    const problems = problemsOf(
      'servr: {}\nserver: {host: 0.0.0.0, deadline: soon, tls: {cert: a, key: b}}',
      { PORTCULLIS_DATE: 'x' },
    );
    expect(problems).toHaveLength(6);
  });

  it('that was named and is not there stops the start', () => {
    expect(() => loadConfig({ file: 'nowhere.yaml', env: {}, cwd })).toThrow(
      expect.objectContaining({ code: 'CONFIG_UNREADABLE' }),
    );
  });
});
