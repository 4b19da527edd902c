import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command, Option } from 'commander';

import { messageOf } from '../../kit/errors.ts';
import { looksLikeKey, parseKeys, verifiedJson } from '../../verify/index.ts';
import { folderLog, servedLog, verifiedText, VerifyError, verifyLog } from '../../verify/index.ts';
import { CliError } from '../errors.ts';
import type { Io } from '../io.ts';
import { isReport, verifyReportFile } from './verify-report.ts';

interface VerifyCommandOptions {
  readonly key: readonly string[];
  readonly since?: string;
  readonly output: 'text' | 'json';
}

/** `portcullis audit verify`: exit code 0 verified, 1 something is wrong with the log, 2 it cannot be looked at. */
export function verifyCommand(io: Io): Command {
  return new Command('verify')
    .description(
      'verify an exported log or a report, offline, or a log that is served: from its files and the key alone',
    )
    .argument(
      '<what>',
      'the folder or address of a log (below it: checkpoint, tile/), or the file of a report',
    )
    .option(
      '--key <key>',
      'a verifier key, or a file of them; may be repeated',
      (key: string, before: readonly string[]) => [...before, key],
      [],
    )
    .option('--since <file>', 'a checkpoint kept from earlier: the log must begin with its entries')
    .addOption(
      new Option('-o, --output <format>', 'text or json').choices(['text', 'json']).default('text'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  portcullis audit verify export/ --key gate.key\n  portcullis audit verify posture.html --key gate.key\n  portcullis audit verify export/ --key gate.key --since checkpoint-2026-10 --output json\n  portcullis audit verify https://gate.example/v1/ledger --key gate.key\n\nA gate asks for a token of the role read: PORTCULLIS_TOKEN. Exit code 1: something is wrong with it; 2: it cannot be looked at.',
    )
    .action(async (what: string, options: VerifyCommandOptions) => {
      if (!isAddress(what) && isReport(io, what)) {
        requireNoSince(options);
        await explained(REPORT_HELP, () =>
          verifyReportFile(io, what, { ...options, keys: keysOf(io, options.key) }),
        );
        return;
      }
      const verified = await explained(LOG_HELP, () => verify(io, what, options));
      io.stdout.write(options.output === 'json' ? verifiedJson(verified) : verifiedText(verified));
      io.setExitCode(verified.findings.length === 0 ? 0 : 1);
    });
}

/** A report proves records of one head; that this one goes on from another takes the log. @throws CliError USAGE */
function requireNoSince({ since }: VerifyCommandOptions): void {
  if (since === undefined) return;
  throw new CliError('USAGE', '--since is for a log: a report does not hold what came before it', {
    help: 'Verify the exported log, or that of the gate, with --since, and the report without.',
  });
}

function isAddress(what: string): boolean {
  return /^https?:\/\//i.test(what);
}

async function verify(io: Io, what: string, { key, since }: VerifyCommandOptions) {
  const keys = keysOf(io, key);
  let told = -1;
  const onProgress = (entries: number, size: number): void => {
    const percent = Math.floor((entries / size) * 100);
    if (percent === told) return;
    told = percent;
    io.stderr.write(
      `\r${entries} of ${size} entries (${percent} %)${entries === size ? '\n' : ''}`,
    );
  };
  return await verifyLog({
    source: isAddress(what)
      ? servedLog({ url: what, token: io.token })
      : folderLog(path.resolve(io.cwd, what)),
    keys,
    ...(since === undefined ? {} : { since: { file: since, bytes: read(io, since) } }),
    ...(io.interactive ? { onProgress } : {}),
  });
}

function keysOf(io: Io, key: readonly string[]) {
  return key.flatMap((given) =>
    looksLikeKey(given)
      ? parseKeys(given, '--key')
      : parseKeys(read(io, given).toString('utf8'), given),
  );
}

function read(io: Io, file: string): Buffer {
  try {
    return readFileSync(path.resolve(io.cwd, file));
  } catch (error) {
    throw new VerifyError(`${file} cannot be read: ${messageOf(error)}`);
  }
}

const KEY_HELP =
  'with --key its verifier key or a file that holds it, got from the owner of the log by another way than the log';
const LOG_HELP = `Name the folder or the address of a log, and ${KEY_HELP}.`;
const REPORT_HELP =
  'The evidence of a report stands at its end, or beside it as FILE.evidence.json: name the report itself, and get both again ' +
  `where one is missing or cut. Name ${KEY_HELP}.`;

async function explained<T>(help: string, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    throw new CliError('INPUT_UNREADABLE', error.message, { help });
  }
}
