import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { POLICY_CACHE, ROOT, run } from './cli.ts';
import { answersOf, blocksOf, commandsOf, normalise, scriptOf } from './transcript.ts';
import type { Command } from './transcript.ts';

const README = readFileSync(path.join(ROOT, 'README.md'), 'utf8');

const COMMANDS = blocksOf(README, 'console').flatMap(commandsOf);

/** Commands that other tests run: they are the suite itself, or start what this test starts by itself. */
const ELSEWHERE = new Set(['npm start', 'npm test']);

describe('the README', () => {
  let folder: string;
  let port: number;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'portcullis-readme-'));
    for (const name of ['fixtures', 'policies', 'rules']) {
      cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
    }
    for (const name of ['dist', 'node_modules', 'rego', 'package.json', 'schemas']) {
      symlinkSync(path.join(ROOT, name), path.join(folder, name));
    }
    port = await freePort();
  });
  // The gate that the README starts writes its last checkpoint while it ends.
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));

  it('names the two commands first, and both are scripts of the package', () => {
    expect(COMMANDS.slice(0, 2).map(({ line }) => line)).toEqual(['npm start', 'npm test']);
    const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    for (const [, script] of README.matchAll(/`npm run ([\w:]+)`/g))
      expect(scripts).toHaveProperty([script!]);
  });

  it('shows what its commands really print', async () => {
    const commands = COMMANDS.filter(({ line }) => !ELSEWHERE.has(line));
    const answers = await runAll(commands, folder, port);
    for (const [index, { line, shown }] of commands.entries()) {
      if (shown.length > 0)
        expect({ line, answer: normalise(answers[index] ?? '') }).toEqual({
          line,
          answer: normalise(shown.join('\n')),
        });
    }
  }, 300_000);

  it.each(blocksOf(README, 'rego'))('its Rego has the shape of a policy', (text) => {
    expect(text).toContain('# entrypoint: true');
    expect(text).toContain('violations contains violation if');
  });

  it('names only files that are there', () => {
    for (const [, target] of README.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
      expect(() => readFileSync(path.join(ROOT, target!)), target).not.toThrow(/ENOENT/);
    }
  });

  it('what needs a real peer stands in the test that runs it', () => {
    const marked = [...README.matchAll(/<!-- run by (\S+) -->\s*```sh\n([\s\S]*?)```/g)];
    expect(marked.length).toBeGreaterThan(0);
    for (const [, file, text] of marked) {
      const test = readFileSync(path.join(ROOT, file!), 'utf8');
      for (const line of text!.trim().split('\n')) expect(test).toContain(line);
    }
  });
});

/** All commands in one shell, as a reader would type them, beside a gate that was started as the README says. */
async function runAll(commands: readonly Command[], cwd: string, port: number): Promise<string[]> {
  const script = [
    'shopt -s expand_aliases',
    'node dist/server.js > server.log 2>&1 &',
    'gate=$!; trap "kill $gate" EXIT',
    `for i in $(seq 600); do curl -fsS http://127.0.0.1:${port}/readyz > ready.log 2>&1 && break; sleep 0.2; done`,
    scriptOf(commands.map(({ line }) => line.replaceAll('8181', String(port)))),
  ].join('\n');
  const env = { PORTCULLIS_SERVER__PORT: String(port), PORTCULLIS_POLICIES__CACHE: POLICY_CACHE };
  const { stdout } = await run('bash', ['-c', script], { cwd, env });
  return answersOf(stdout);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('no port')),
      );
    });
  });
}
