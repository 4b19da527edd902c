import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';

import type { Reports } from '../../audit-report/reports.ts';
import type { FleetWorld } from '../../compose-fleet.ts';
import type { Config } from '../../config/schema.ts';
import type { Fleet } from '../../fleet/fleet.ts';
import { LedgerError } from '../../ledger/errors.ts';
import { PLAIN } from '../../redact/redactor.ts';
import { clientOf } from '../client.ts';
import type { Io } from '../io.ts';
import { configFor } from '../settings.ts';
import { remoteFleet } from './remote.ts';

/** What every command on the fleet takes. */
export interface DeskOptions {
  readonly config?: string;
  readonly server?: string;
  readonly actor: string;
}

/** The options of DeskOptions. */
export function deskOptions(command: Command): Command {
  return command
    .option('--server <url>', 'ask a running gate, which keeps the records')
    .option('--actor <name>', 'who asks, for the record; a gate knows it by the token', 'cli')
    .option('-c, --config <file>', 'configuration file');
}

/** Does something with the fleet: that of a running gate, or one opened in this process for as long as it takes. */
export async function withFleet(
  io: Io,
  { config, server, actor }: DeskOptions,
  work: (fleet: Fleet, actor: string) => Promise<void>,
): Promise<void> {
  const fleet =
    server === undefined ? await openHere(io, config) : remoteFleet(clientOf(server, io.token));
  try {
    await work(fleet, actor);
  } finally {
    await fleet.close();
  }
}

/** Loaded when it is needed: asking a gate needs no engine. */
export async function openHere(
  io: Io,
  file: string | undefined,
): Promise<Fleet & { readonly reports: Reports }> {
  const { composeFleetAlone } = await import('../../compose-fleet.ts');
  const config = configFor(io, file === undefined ? {} : { config: file });
  const warn: FleetWorld['warn'] = (message, fields) =>
    void io.stderr.write(`${message} ${JSON.stringify(PLAIN.json(fields))}\n`);
  try {
    return await composeFleetAlone(config, { env: io.env, besideDoor: false, warn });
  } catch (error) {
    throw isHeld(error) ? askTheGate(error, config) : error;
  }
}

function isHeld(error: unknown): error is LedgerError {
  return error instanceof LedgerError && error.code === 'LEDGER_LOCKED';
}

/** What has the ledger is most likely a gate, and that can be asked just as well. */
function askTheGate(
  { message }: LedgerError,
  { server: { host, port, tls } }: Config,
): LedgerError {
  const url = `${tls === undefined ? 'http' : 'https'}://${host}:${port}`;
  return new LedgerError('LEDGER_LOCKED', message, {
    help: `If that is a gate, ask it: --server ${url}. Otherwise wait for its end.`,
  });
}

/** Examples of a command, below its help. */
export function examples(command: Command, ...lines: readonly string[]): Command {
  const title = lines.length === 1 ? 'Example' : 'Examples';
  const text = lines.map((line) => `  portcullis ${line}`).join('\n');
  return command.addHelpText('after', `\n${title}:\n${text}`);
}

/** Collects an option that may be given more than once, or as a list with commas. */
export function several(value: string, before: readonly string[] | undefined): readonly string[] {
  const given = value.split(',').map((one) => one.trim());
  if (given.includes('')) throw new InvalidArgumentError('It is one or more, with commas between.');
  return [...(before ?? []), ...given];
}
