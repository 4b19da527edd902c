import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';

import type { Io } from '../../../src/cli/io.ts';
import { createProgram, runProgram } from '../../../src/cli/program.ts';

function listening(): { io: Io; said: () => string; code: () => number } {
  let [text, exit] = ['', -1];
  const io: Io = {
    stdout: { write: (part) => (text += part) },
    stderr: { write: () => undefined },
    stdin: Readable.from([]),
    cwd: '/',
    colour: false,
    interactive: false,
    columns: 120,
    searchPath: [],
    env: {},
    token: undefined,
    loadConfig: () => expect.fail('help needs no configuration'),
    watchInterrupt: () => ({ came: Promise.resolve(), release: () => undefined }),
    setExitCode: (code) => {
      exit = code;
    },
  };
  return { io, said: () => text, code: () => exit };
}

const COMMANDS = (await createProgram(listening().io)).commands
  .filter((command) => ['sweep', 'findings', 'repair', 'inventory'].includes(command.name()))
  .flatMap((command) => command.commands.map((child) => `${command.name()} ${child.name()}`));

describe('the help of the fleet', () => {
  it('is of all its commands', () => expect(COMMANDS).toHaveLength(20));

  it.each(COMMANDS)('%s has an example that begins with itself', async (command) => {
    const { io, said, code } = listening();
    await runProgram([...command.split(' '), '--help'], io);
    expect(code()).toBe(0);
    expect(said()).toMatch(new RegExp(`Examples?:\\n(  .*\\n)*?  portcullis ${command}\\b`));
  });
});
