import { setTimeout as sleep } from 'node:timers/promises';

import { Command } from 'commander';

import type { DemoPlace } from '../../demo/place.ts';
import { VERSION } from '../../version.ts';
import type { Io } from '../io.ts';
import { wholeNumber } from '../options.ts';
import { tellStory } from './story.ts';

interface DemoOptions {
  readonly port: number;
  readonly keep?: boolean;
  readonly fast?: boolean;
}

/** Long enough to read a headline, on a terminal. */
const PAUSE_MS = 1500;

/** `portcullis demo`: a gate before three clouds that live in this process, and what can be done with it. */
export function demoCommand(io: Io): Command {
  return new Command('demo')
    .description('try sweeps and repairs without a cloud: three made-up ones, with their faults')
    .option('--port <port>', 'of the gate; 0: whichever is free', wholeNumber(0, 65_535), 0)
    .option('--keep', 'keep the gate running afterwards, until Ctrl-C')
    .option('--fast', 'do not pause between the steps')
    .addHelpText(
      'after',
      `
Everything runs on this machine, in a folder that is gone afterwards. Policies are compiled first, which takes some ten seconds once.

Examples:
  portcullis demo
  portcullis demo --keep --port 8181`,
    )
    .action(async (options: DemoOptions) => {
      const { openPlace } = await import('../../demo/place.ts');
      const place = await openPlace({ port: options.port, node: VERSION });
      const interrupt = io.watchInterrupt();
      try {
        io.stdout.write(`A gate before AWS, Azure and Google Cloud is ready at ${place.url}\n`);
        await Promise.race([tell(io, place, options, interrupt.came), interrupt.came]);
      } finally {
        interrupt.release();
        await place.close();
      }
    });
}

/** Nothing more is told once it is interrupted. */
async function tell(
  io: Io,
  place: DemoPlace,
  { fast, keep }: DemoOptions,
  interrupted: Promise<void>,
): Promise<void> {
  const pause = io.interactive && fast !== true ? PAUSE_MS : 0;
  const story = tellStory(io, place);
  while ((await story.next()).done !== true) {
    const leave = await Promise.race([interrupted.then(() => true), sleep(pause, false)]);
    if (leave) return;
  }
  if (keep !== true) {
    io.stdout.write(
      '\nNext: portcullis demo --keep, and look around; docs/fleet.md for your own clouds.\n',
    );
    return;
  }
  io.stdout.write(
    `\nThe gate goes on until Ctrl-C. Try it:\n  curl -sS '${place.url}/v1/findings?severity=critical'\n  portcullis sweep run demo --server ${place.url}\n`,
  );
  await interrupted;
}
