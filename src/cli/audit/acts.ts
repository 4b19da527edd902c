import { Command, Option } from 'commander';

import { newIds } from '../../kit/new-id.ts';
import { ledgerPlace } from '../../ledger/place.ts';
import type { Act, Rotation } from '../../ledger/acts.ts';
import type { Config } from '../../config/schema.ts';
import type { LedgerAccess } from '../../ledger/open.ts';
import type { Io } from '../io.ts';

interface ActOptions {
  readonly config?: string;
  readonly reason: string;
  readonly actor: string;
}

interface RotateOptions extends ActOptions {
  readonly output: 'text' | 'json';
}

/** `portcullis audit rotate-key`: a new key of the same name signs from now on; a gate beside it takes it up by itself. */
export function rotateKeyCommand(io: Io): Command {
  return withActOptions(
    new Command('rotate-key').description(
      'give the ledger a new signing key; the old one stays published for what it signed',
    ),
    io,
  )
    .addOption(
      new Option('-o, --output <format>', 'text or json').choices(['text', 'json']).default('text'),
    )
    .addHelpText(
      'after',
      '\nExample:\n  portcullis audit rotate-key --reason "yearly rotation"\n\nWhere the key is a setting (PORTCULLIS_LEDGER__KEY) the new one is printed, this once: put it there, and start every gate again. Until then nothing is signed; decisions are recorded all the while.',
    )
    .action(async (options: RotateOptions) => {
      const { rotateKey } = await import('../../ledger/acts.ts');
      const rotation = await withAccess(io, options.config, (access, config) =>
        rotateKey(access, ledgerPlace(config), actOf(options)),
      );
      io.stdout.write(
        options.output === 'json' ? `${JSON.stringify(rotation, null, 2)}\n` : told(rotation),
      );
    });
}

/** `portcullis audit erase`: drops what one record said; that it was made stays provable. */
export function eraseCommand(io: Io): Command {
  return withActOptions(
    new Command('erase')
      .description('erase what one record says, and judged; that it was made stays provable')
      .argument('<id>', 'the id of a decision, or of an event'),
    io,
  )
    .addHelpText(
      'after',
      '\nExample:\n  portcullis audit erase 01KAN4T8Q0M6CJ5R1D6X8Z2V7E --reason "request 4711 of the person concerned"\n\nWho erased what and why is a record of its own. What was done to the ledger itself cannot be erased, and nothing that is under a legal hold.',
    )
    .action(async (id: string, options: ActOptions) => {
      const { eraseRecord } = await import('../../ledger/acts.ts');
      await withAccess(io, options.config, (access, config) =>
        eraseRecord(access, id, config.ledger.retention.holds, actOf(options)),
      );
      io.stdout.write(`erased: the body of record ${id}; its entry in the log stays\n`);
    });
}

function withActOptions(command: Command, io: Io): Command {
  return command
    .requiredOption('--reason <text>', 'why; it is recorded')
    .option('--actor <name>', 'who does it; it is recorded', io.env['USER'] ?? 'operator')
    .option('-c, --config <file>', 'configuration file, which names the ledger');
}

function actOf({ actor, reason }: ActOptions): Act {
  return { actor, reason, clock: () => new Date(), newId: newIds() };
}

async function withAccess<T>(
  io: Io,
  file: string | undefined,
  work: (access: LedgerAccess, config: Config) => Promise<T>,
): Promise<T> {
  const { openLedgerAccess } = await import('../../ledger/open.ts');
  const config = io.loadConfig(file);
  const access = await openLedgerAccess(ledgerPlace(config), () => new Date());
  try {
    return await work(access, config);
  } finally {
    await access.close();
  }
}

function told({ verifier, retired, secret }: Rotation): string {
  return [
    `verifier key  ${verifier}`,
    `until now     ${retired}`,
    ...(secret === undefined
      ? []
      : [`secret key    ${secret}`, 'Set it as PORTCULLIS_LEDGER__KEY of every gate.']),
    '',
  ].join('\n');
}
