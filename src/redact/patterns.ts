import type { Span } from './spans.ts';
import { urlCredentials } from './urls.ts';

/**
 * Credentials that are known by their own form. Every pattern runs in linear time: what repeats without an end is followed by
 * nothing that could fail, or begins only where the character before is none of its own.
 */

/** A credential as a whole. */
const TOKENS: readonly RegExp[] = [
  /(?<![A-Za-z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}(?![A-Za-z0-9])/g,
  /(?<![A-Za-z0-9_])gh[pousr]_[A-Za-z0-9]{36,}/g,
  /(?<![A-Za-z0-9_])github_pat_[A-Za-z0-9_]{50,}/g,
  /(?<![A-Za-z0-9_-])gl(?:pat|dt|rt|ptt|cbt|oas|soat|imt|ffct|ft|agent)-[A-Za-z0-9_-]{20,}/g,
  /(?<![A-Za-z0-9_-])xox[abeoprs]-[A-Za-z0-9-]{10,}/g,
  /(?<![A-Za-z0-9_-])xapp-\d-[A-Za-z0-9-]{20,}/g,
  /(?<=hooks\.slack\.com\/(?:services|workflows|triggers)\/)[A-Za-z0-9/_-]{20,}/g,
  /(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}/g,
  /(?<![A-Za-z0-9_-])GOCSPX-[A-Za-z0-9_-]{28}/g,
  /(?<![A-Za-z0-9_-])ya29\.[A-Za-z0-9_.-]{20,}/g,
  /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g,
  /(?<![A-Za-z0-9_-])(?:[sr]k_(?:live|test)|whsec)_[A-Za-z0-9]{20,}/g,
  /(?<![A-Za-z0-9_-])sk-(?:ant|proj|svcacct)-[A-Za-z0-9_-]{20,}/g,
  /(?<![A-Za-z0-9_-])SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/g,
  /(?<![A-Za-z0-9_-])(?:npm|dckr_pat|dop_v1|hf)_[A-Za-z0-9_-]{32,}/g,
  /(?<![A-Za-z0-9_-])(?:hvs|hvb)\.[A-Za-z0-9_-]{24,}/g,
  /(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,}/g,
  /(?<![A-Za-z0-9_-])pypi-[A-Za-z0-9_-]{60,}/g,
];

const SECRET_NAME =
  '(?:password|passwd|passphrase|pwd|client_?secret|secret_?(?:access_?)?key|secret|api_?key|account_?key|' +
  'shared_?access_?(?:key|signature)|access_?key|auth_?token|access_?token|private_?key)';

/** A value behind the name that tells what it is: the first group, the name, stays. */
const NAMED: readonly RegExp[] = [
  // Signatures of pre-signed addresses, and keys in queries.
  /([?&;](?:sig|signature|x-amz-signature|x-amz-security-token|x-goog-signature|auth_token|token)=)([^\s&;'"#]{8,})/gi,
  // Connection strings, settings, scripts: DB_PASSWORD=…, AccountKey=…
  new RegExp(String.raw`(${SECRET_NAME}\s{0,3}=\s{0,3})([^\s;,&'"]{6,})`, 'gi'),
  // Quoted, as JSON, YAML and scripts have it, also inside another JSON text.
  new RegExp(
    String.raw`(${SECRET_NAME}(?:\\{0,3}["'])?\s{0,3}[:=]\s{0,3}\\{0,3}["'])([^\n"'\\]{4,})`,
    'gi',
  ),
  // As YAML has it without quotes: prose goes on with words, a secret holds a digit.
  new RegExp(String.raw`(${SECRET_NAME}:\s{1,3})((?=[^\s\d]{0,64}\d)[^\s;,'"]{8,})`, 'gi'),
  /((?<![a-z])(?:bearer|basic)\s{1,3})((?=[a-z._~+/-]{0,64}[\d=])[\w.~+/-]{16,}=*)/gi,
];

/** Forty characters of Base64 are anything, unless their name says what they are. */
const AWS_SECRET =
  /((?:secret_?(?:access_?)?key|aws_?secret)["']?\s{0,3}[=:]{1,2}\s{0,3}["']?)([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi;

/** What stands there in place of a secret: a switch, a variable, a place to look, an address. */
const HARMLESS =
  /^(?:true|false|none|null|required|\$|%[svdq]|\{|<|\*+$|\(sensitive\)|arn:|ssm:|vault:|https?:|file:|\/[\w.-]+\/|\.\/|@microsoft)/i;

/** Every credential above holds one of these; a text without any costs one look. */
const CLUES =
  /:\/\/|-----BEGIN|AKIA|ASIA|gh[pousr]_|github_pat_|\bgl[a-z]{2,5}-|xox|xapp-|hooks\.slack|AIza|GOCSPX|ya29\.|eyJ|[sr]k_|whsec_|\bsk-|SG\.|npm_|dckr_|dop_v1_|hf_|hv[sb]\.|atlasv1|pypi-|sig=|signature=|passw|passph|pwd|secret|token|key|bearer|basic/i;

/** Where a text holds credentials. */
export function credentialsIn(text: string): Span[] {
  if (!CLUES.test(text)) return [];
  return [
    ...urlCredentials(text),
    ...privateKeys(text),
    ...TOKENS.flatMap((token) => matches(text, token)),
    ...NAMED.flatMap((named) => matches(text, named)).filter(
      ({ start, end }) => !HARMLESS.test(text.slice(start, end)),
    ),
    ...matches(text, AWS_SECRET),
  ];
}

/** What is worth the look of `CLUES` and all patterns, where every attribute of a document is asked. */
const STATED =
  /[=@]|-----BEGIN|A[KS]IA|gh[pousr]_|github_pat_|gl[a-z]{2,5}-|xox|xapp-|AIza|GOCSPX|ya29\.|eyJ|[sr]k_|whsec_|sk-|SG\.|npm_|dckr_|dop_v1_|hf_|hv[sb]\.|atlasv1|pypi-/;

/** Credentials in a text, to be known again where they are spelt otherwise, or stand without the words around them. */
export function statedSecrets(text: string): string[] {
  if (!STATED.test(text)) return [];
  return credentialsIn(text).map(({ start, end }) => text.slice(start, end));
}

/** The second group of each match, or all of it where a pattern has no groups. */
function matches(text: string, pattern: RegExp): Span[] {
  return [...text.matchAll(pattern)].map(({ 0: all, 1: name = '', index }) => ({
    start: index + name.length,
    end: index + all.length,
  }));
}

const BEGIN = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----/g;
/** The body of a key: Base64, headers, and line breaks that may be escaped. */
const BODY = /[A-Za-z0-9+/=\s\\:,-]*/y;
const SHORTEST_BODY = 24;

/** From the first line of a key to its last, or to the end of what looks like one: excerpts are cut. Prose about keys stays. */
function privateKeys(text: string): Span[] {
  const spans: Span[] = [];
  for (const { 0: begin, index } of text.matchAll(BEGIN)) {
    const after = index + begin.length;
    if (after < (spans.at(-1)?.end ?? 0)) continue;
    BODY.lastIndex = after;
    const body = BODY.exec(text)?.[0].length ?? 0;
    if (body < SHORTEST_BODY) continue;
    spans.push({ start: index, end: after + body });
  }
  return spans;
}
