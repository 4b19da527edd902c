import type { Span } from './spans.ts';

/** Longer names and passwords than any URL in use has. */
const LONGEST = 1024;
/** A name alone is a name: `git@`, an organisation. From this length on it is a token. */
const SHORTEST_TOKEN = 20;

/** Ends the part of a URL that can hold credentials. */
const ENDS = new Set(['/', '?', '#', ' ', '\t', '\r', '\n', '"', "'", '`', '\\']);
/** Where somebody will put a password, not one. */
const PLACEHOLDER = /^(?:\$|%[svdq]|\{|<|\*+$|\(sensitive\)$)/;

/** Passwords, and tokens that stand as a user's name, in the URLs of a text: `git::https://user:pass@host/…`. */
export function urlCredentials(text: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const span = credentialsAt(text, at + 3);
    if (span !== undefined) spans.push(span);
  }
  return spans;
}

function credentialsAt(text: string, start: number): Span | undefined {
  const end = lastAt(text, start);
  if (end === undefined) return undefined;
  const user = text.slice(start, end);
  const colon = user.indexOf(':');
  const secret = { start: start + colon + 1, end };
  if (colon < 0 && user.length < SHORTEST_TOKEN) return undefined;
  if (secret.start === secret.end || PLACEHOLDER.test(text.slice(secret.start, end)))
    return undefined;
  return secret;
}

/** Passwords with an @ of their own are wrong and in use: the last one before the host's end counts. */
function lastAt(text: string, start: number): number | undefined {
  let found: number | undefined;
  const limit = Math.min(text.length, start + LONGEST);
  for (let at = start; at < limit; at++) {
    const character = text.charAt(at);
    if (ENDS.has(character)) break;
    if (character === '@') found = at;
  }
  return found;
}
