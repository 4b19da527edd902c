import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import path from 'node:path';

import { messageOf } from '../kit/errors.ts';
import { valueAt } from '../kit/paths.ts';
import type { Config } from './schema.ts';

/** A problem that only shows when several keys, or a key and the disk, are looked at together. */
interface Found {
  readonly path: readonly string[];
  readonly message: string;
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/**
 * What the schema cannot say. Works on the configuration as written, so that its findings stand in the same list as
 * the schema's.
 *
 * @param folderOf the folder that a relative path at this key starts from.
 */
export function checkTogether(
  written: unknown,
  folderOf: (at: readonly string[]) => string,
): Found[] {
  return [...checkExposure(written), ...checkTokens(written), ...checkKeyFiles(written, folderOf)];
}

/** True for an address that only this machine can reach. A name other than `localhost` may resolve to anything. */
export function isLoopback(host: string): boolean {
  const family = isIP(host);
  if (family === 0) return host === 'localhost';
  return LOOPBACK.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

/** What is allowed, and still has to be said aloud at start. */
export function configWarnings(config: Config): string[] {
  const open = !isLoopback(config.server.host);
  const warnings: string[] = [];
  if (config.auth.tokens.length === 0) {
    warnings.push(
      'No tokens are configured: every process on this machine may ask, and may read the records.',
    );
  }
  if (open && config.server.tls === undefined) {
    warnings.push(
      'Listening beyond loopback without TLS: tokens and documents cross the network in clear text.',
    );
  }
  if (open && config.auth.anonymousAdmission) {
    warnings.push('auth.anonymousAdmission: the admission door answers callers without a token.');
  }
  return warnings;
}

function checkExposure(written: unknown): Found[] {
  const host = valueAt(written, ['server', 'host']);
  const tokens = valueAt(written, ['auth', 'tokens']);
  if (typeof host !== 'string' || isLoopback(host)) return [];
  if (Array.isArray(tokens) && tokens.length > 0) return [];
  return [
    {
      path: ['server', 'host'],
      message:
        `server.host: ${JSON.stringify(host)} can be reached from other machines, and auth.tokens is empty. ` +
        'Add a token (portcullis token new --role gate --name ci) or listen on 127.0.0.1',
    },
  ];
}

function checkTokens(written: unknown): Found[] {
  const tokens = valueAt(written, ['auth', 'tokens']);
  if (!Array.isArray(tokens)) return [];
  return ['name', 'sha256'].flatMap((key) => {
    const values = tokens
      .map((token: unknown) => valueAt(token, [key]))
      .filter((value) => value !== undefined);
    if (new Set(values).size === values.length) return [];
    return [{ path: ['auth', 'tokens'], message: `auth.tokens: two tokens have the same ${key}` }];
  });
}

function checkKeyFiles(written: unknown, folderOf: (at: readonly string[]) => string): Found[] {
  return ['cert', 'key'].flatMap((part) => {
    const at = ['server', 'tls', part];
    const file = valueAt(written, at);
    if (typeof file !== 'string') return [];
    try {
      // Read, and not only stat: a folder, or a file of another user, is found now and not at the first handshake.
      readFileSync(path.resolve(folderOf(at), file));
      return [];
    } catch (error) {
      return [
        { path: at, message: `server.tls.${part}: ${file} cannot be read: ${messageOf(error)}` },
      ];
    }
  });
}
