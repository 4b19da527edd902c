import path from 'node:path';

import { Command, InvalidArgumentError, Option } from 'commander';

import type { Exported } from '../../ledger/export/export.ts';
import { isAddress } from '../../ledger/export/destination.ts';
import { openTarget } from '../../ledger/export/open-target.ts';
import { isKeyName } from '../../ledger/note/key.ts';
import { ledgerPlace } from '../../ledger/place.ts';
import { progressOn } from '../check/progress.ts';
import type { Io } from '../io.ts';

interface ExportOptions {
  readonly origin?: string;
  readonly config?: string;
  readonly output: 'text' | 'json';
}

/** `portcullis audit export`: the ledger as a log that other people's tools verify; it runs beside a gate. */
export function exportCommand(io: Io): Command {
  return new Command('export')
    .description('write the ledger as a signed, tiled log (C2SP tlog-tiles) that others can verify')
    .argument('<to>', 'a folder, or s3://bucket/prefix; an earlier export of it there is continued')
    .option(
      '--origin <name>',
      'the name of the log, for good: a URL without its scheme (default: portcullis.local/ledger)',
      originName,
    )
    .addOption(
      new Option('-o, --output <format>', 'text or json').choices(['text', 'json']).default('text'),
    )
    .option('-c, --config <file>', 'configuration file, which names the data folder')
    .addHelpText(
      'after',
      '\nExamples:\n  portcullis audit export evidence --origin example.com/portcullis\n  portcullis audit export evidence --output json\n  portcullis audit export s3://evidence/portcullis\n\nRegion and endpoint of a bucket are those of ledger.export in the configuration, and of the environment as the SDK of AWS reads it. Exit code 2 means that nothing was signed: what was exported before is no beginning of this ledger, or it cannot be read.',
    )
    .action(async (given: string, options: ExportOptions) => {
      const to = isAddress(given) ? given : path.resolve(io.cwd, given);
      const { exported, key } = await exportTo(io, to, options);
      const told = options.output === 'json' ? json(exported, key) : text(exported, key, to);
      io.stdout.write(told);
    });
}

function originName(value: string): string {
  if (isKeyName(value)) return value;
  throw new InvalidArgumentError('It has no white space, no plus, and 255 characters at most.');
}

async function exportTo(
  io: Io,
  to: string,
  { config, origin }: ExportOptions,
): Promise<{ exported: Exported; key: string }> {
  const settings = io.loadConfig(config);
  const { data } = settings;
  const place = ledgerPlace(settings);
  const { openLedgerAccess } = await import('../../ledger/open.ts');
  const { ledgerSigner } = await import('../../ledger/key.ts');
  const { exportLog } = await import('../../ledger/export/export.ts');
  const target = await openTarget({ ...settings.ledger.export, to });
  const access = await openLedgerAccess(place, () => new Date());
  const progress = progressOn(io);
  try {
    const signer = ledgerSigner(data, origin ?? place.origin, place.key);
    const onProgress = (done: number, size: number) =>
      progress.say(`exporting ${done} of ${size} records`);
    const exported = await exportLog({
      ledger: access.reader,
      signed: access.signed,
      signer,
      target,
      data,
      // What lies in a folder is compared with the ledger; a bucket would have to be fetched for that.
      resume: target.folder === undefined,
      onProgress,
    });
    return { exported, key: signer.verifier.text };
  } finally {
    progress.done();
    target.close();
    await access.close();
  }
}

function json({ checkpoint, before }: Exported, verifierKey: string): string {
  const { origin, size, root } = checkpoint;
  const told = { origin, size, root: Buffer.from(root).toString('base64'), before, verifierKey };
  return `${JSON.stringify(told, null, 2)}\n`;
}

function text({ checkpoint, before }: Exported, verifierKey: string, folder: string): string {
  const { origin, size, root } = checkpoint;
  return [
    `${size} ${size === 1 ? 'record' : 'records'} in ${folder}${before === undefined ? '' : `, ${before} of them from before`}`,
    `origin        ${origin}`,
    `root          ${Buffer.from(root).toString('base64')}`,
    `verifier key  ${verifierKey}`,
    '',
  ].join('\n');
}
