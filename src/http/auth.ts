import { createHash, timingSafeEqual } from 'node:crypto';

import { isLoopback } from '../config/checks.ts';
import type { Config, Role } from '../config/schema.ts';
import { HttpError } from './errors.ts';

/** Who makes a request. */
export interface Caller {
  readonly name: string;
  readonly role: Role;
}

/** Says who the caller is, or refuses. */
export type Authenticate = (headers: {
  readonly authorization?: string | undefined;
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
}) => Caller;

const ANYONE: Caller = { name: 'anonymous', role: 'admin' };

/**
 * Bearer tokens, known by their SHA-256 alone. Without any token configured everyone is let in: the configuration
 * sees to it that then only this machine can connect.
 */
export function authenticator({ tokens }: Config['auth']): Authenticate {
  if (tokens.length === 0) {
    return ({ host, origin }) => {
      requireLoopbackHost(host);
      refuseStrangePages(origin, host);
      return ANYONE;
    };
  }
  const known = tokens.map(({ name, role, sha256 }) => ({
    name,
    role,
    digest: Buffer.from(sha256, 'hex'),
  }));
  return ({ authorization }) => {
    const digest = createHash('sha256').update(bearerToken(authorization)).digest();
    // Every token is compared, whichever fits: how long it takes says nothing.
    const [fitting] = known.filter((token) => timingSafeEqual(token.digest, digest));
    if (fitting === undefined) throw unauthenticated('The token is not known.');
    return { name: fitting.name, role: fitting.role };
  };
}

/** What a role may do besides what it is named for. Whoever works on the fleet must see it. */
const INCLUDES: Readonly<Record<Role, readonly Role[]>> = {
  gate: ['gate'],
  read: ['read'],
  operate: ['operate', 'read'],
  admin: ['gate', 'read', 'operate', 'admin'],
};

/** @throws HttpError FORBIDDEN when the caller's role does not include this one. */
export function requireRole(caller: Caller, role: Role): void {
  if (INCLUDES[caller.role].includes(role)) return;
  throw new HttpError(
    'FORBIDDEN',
    `This needs the role ${role}; the token ${caller.name} has the role ${caller.role}.`,
  );
}

function bearerToken(authorization: string | undefined): string {
  if (authorization === undefined) throw unauthenticated('There is no token.');
  const token = /^bearer +([\x21-\x7e]{1,512})$/i.exec(authorization)?.[1];
  if (token === undefined) throw unauthenticated('The Authorization header holds no bearer token.');
  return token;
}

function unauthenticated(message: string): HttpError {
  return new HttpError('UNAUTHENTICATED', message, {
    help: 'Send the header Authorization: Bearer <token>. portcullis token new makes one.',
    headers: { 'www-authenticate': 'Bearer realm="portcullis"' },
  });
}

/**
 * A web page may make a name of its own resolve to 127.0.0.1 and then read what a local service answers. Its name
 * stands in the Host header, so without tokens only names of this machine are served.
 */
function requireLoopbackHost(host: string | undefined): void {
  const name = (host ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  if (isLoopback(name)) return;
  throw new HttpError(
    'HOST_REFUSED',
    'Without tokens the gate answers requests to localhost alone.',
    {
      help: 'Use http://127.0.0.1 or http://localhost as the address, or configure tokens.',
    },
  );
}

/**
 * A web page may also have the browser POST a form to 127.0.0.1: it cannot read the answer, but a sweep would be started or a plan
 * applied all the same. Browsers say in Origin whose page it was; programs send none.
 */
function refuseStrangePages(origin: string | undefined, host: string | undefined): void {
  if (origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)) return;
  throw new HttpError('HOST_REFUSED', 'Without tokens the gate answers no page of another site.', {
    help: 'Configure tokens, and send one from a program.',
  });
}
