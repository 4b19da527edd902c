import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { ExemptionFile } from '../../src/bindings/exemption.ts';
import { loadConfig } from '../../src/config/load.ts';
import { isRecord } from '../../src/kit/record.ts';
import { portcullis, ROOT, run, temporaryFolder } from './cli.ts';
import { answersOf, blocksOf, commandsOf, normalise, scriptOf } from './transcript.ts';

const DOCS = path.join(ROOT, 'docs');
const PAGES = readdirSync(DOCS).filter((name) => name.endsWith('.md'));
const textOf = (page: string): string => readFileSync(path.join(DOCS, page), 'utf8');
const valueOf = (yaml: string): unknown => parse(yaml);
const SLOW = 300_000;

/** `<!-- file: name -->` and the block after it: a file that the commands of the docs find. */
const FILES = PAGES.flatMap((page) =>
  [...textOf(page).matchAll(/<!-- file: (\S+) -->\s*```\w+\n([\s\S]*?)```/g)].map(
    ([, name = '', text = '']) => ({ name, text }),
  ),
);

/** In one folder, page by page: repairs.md goes on with what fleet.md has found, and reports.md with what impact.md has. */
const RUN = ['fleet.md', 'repairs.md', 'impact.md', 'reports.md'];

describe('what docs/ shows', () => {
  let place: ReturnType<typeof temporaryFolder>;

  beforeAll(() => {
    place = temporaryFolder();
    for (const { name, text } of FILES) {
      mkdirSync(path.dirname(path.join(place.folder, name)), { recursive: true });
      writeFileSync(path.join(place.folder, name), text);
    }
  });
  afterAll(() => place.dispose());

  it.each(RUN)(
    'commands of %s print what it says',
    async (page) => {
      const commands = blocksOf(textOf(page), 'console').flatMap(commandsOf);
      expect(commands.length).toBeGreaterThan(2);
      const bin = path.join(ROOT, 'dist/bin.js');
      const script = `portcullis() { '${process.execPath}' '${bin}' "$@"; }\n${scriptOf(commands.map(({ line }) => line))}`;
      const { stdout } = await run('bash', ['-c', script], { cwd: place.folder });
      const answers = answersOf(stdout);
      for (const [index, { line, shown }] of commands.entries())
        expect({ line, answer: normalise(answers[index] ?? '') }).toEqual({
          line,
          answer: normalise(shown.join('\n')),
        });
    },
    SLOW,
  );

  it('has commands on other pages only where a test runs them', () => {
    // Those of ledger.md need a gate: docs-ledger.test.ts.
    const others = PAGES.filter((page) => ![...RUN, 'ledger.md'].includes(page));
    expect(others.filter((page) => blocksOf(textOf(page), 'console').length > 0)).toEqual([]);
  });

  it(
    'names commands and options that there are, where it takes a cloud to run them',
    async () => {
      const lines = PAGES.flatMap((page) => blocksOf(textOf(page), 'sh'))
        .flatMap((block) => block.trim().split('\n'))
        .filter((line) => line.startsWith('portcullis '));
      expect(lines.length).toBeGreaterThan(10);
      const helps = new Map<string, Promise<string>>();
      const helpOf = (command: string): Promise<string> => {
        const asked =
          helps.get(command) ??
          portcullis([...command.split(' '), '--help']).then(({ code, stdout }) => {
            expect({ command, code }).toEqual({ command, code: 0 });
            return stdout;
          });
        helps.set(command, asked);
        return asked;
      };
      for (const line of lines) {
        const [, command = ''] = /^portcullis (\w+ \w+)/.exec(line) ?? [];
        const help = await helpOf(command);
        // A command of one word takes the second as its argument; a group of commands does not.
        const [name = ''] = command.split(' ');
        const usage = new RegExp(
          `^Usage: portcullis (${command} |${name} (?!.*\\[command\\]))`,
          'm',
        );
        expect(help).toMatch(usage);
        for (const [option] of line.matchAll(/--[a-z-]+/g)) expect(help, line).toContain(option);
      }
    },
    SLOW,
  );

  const blocks = PAGES.flatMap((page) =>
    blocksOf(textOf(page), 'yaml').map((text) => ({ page, text, value: valueOf(text) })),
  );
  const exemptionFiles = blocks.filter(
    ({ value }) => isRecord(value) && Array.isArray(value['exemptions']),
  );
  const configurations = blocks.filter(
    (block) =>
      isRecord(block.value) && !('rules' in block.value) && !exemptionFiles.includes(block),
  );

  it.each(exemptionFiles)('the exemptions on $page are such', ({ value }) => {
    expect(ExemptionFile.safeParse(value)).toMatchObject({ success: true });
  });

  it.each(configurations)('the configuration on $page is one that the gate takes', ({ text }) => {
    const { folder, dispose } = temporaryFolder();
    writeFileSync(path.join(folder, 'portcullis.yaml'), text);
    expect(loadConfig({ env: {}, cwd: folder })).toBeDefined();
    dispose();
  });

  it.each(PAGES)('%s names only files that are there', (page) => {
    for (const [, target = ''] of textOf(page).matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g))
      expect(existsSync(path.join(DOCS, target)), target).toBe(true);
  });
});
