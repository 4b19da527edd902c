/**
 * What a secret in clear text looks like. Meant to be right when it speaks: only forms that are secrets by their own
 * prefix or shape, and literal values under a name that says secret. Every pattern runs in linear time.
 */

/** Far more than any start-up script or variable that a cloud accepts (user data: 16 KB). */
const LONGEST = 65_536;

const TOKENS: readonly RegExp[] = [
  /-----BEGIN (?:[A-Z]+ ){0,3}PRIVATE KEY-----/,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /aws_secret_access_key['"]?\s{0,4}[=:]\s{0,4}['"]?[A-Za-z0-9/+]{40}/i,
  /\bgh[pousr]_[A-Za-z0-9]{36}/,
  /\bgithub_pat_[A-Za-z0-9_]{60}/,
  /\bglpat-[A-Za-z0-9_-]{20}/,
  /\bxox[abprs]-[A-Za-z0-9]{8,12}-[A-Za-z0-9-]{10}/,
  /\b[sr]k_live_[A-Za-z0-9]{20}/,
  /\bAIza[0-9A-Za-z_-]{35}/,
  /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/,
  /\bnpm_[A-Za-z0-9]{36}/,
  /\bsk-(?:ant-|proj-)[A-Za-z0-9_-]{20}/,
  /\bAccountKey=[A-Za-z0-9+/]{80}/,
  /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10}/,
  // A password inside a connection string, unless it is a place to put one.
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@'"]{1,64}:[^\s/@'"${}<>*]{3,64}@[^\s@]/i,
];

const SECRET_NAME =
  /(?:^|[_.-]|[a-z](?=[A-Z]))(?:password|passwd|pwd|passphrase|secret|token|api_?key|private_?key|access_?key|secret_?key|account_?key|signing_?key|credentials?)$/i;

/** Names that end like a secret and are none. */
const HARMLESS_NAME =
  /(?:^|[_.-])(?:public|publishable|aws_?access|max|min|num|use|enable)[_.-]?(?:access_?)?(?:key|token|password|secret)s?$/i;

/** Where the secret is, in place of the secret: a reference, a path, an address, a switch. */
const POINTER =
  /^(?:arn:|ssm:|vault:|secret:|projects\/|https?:\/\/|file:|\/|\.\/|@microsoft\.keyvault|true$|false$|none$|null$|\d{1,6}$)|[${}<>]|\*\*\*|^\(/i;

/** True when a text holds something that is a secret by its own form. */
export function holdsSecret(text: string): boolean {
  const bounded = text.slice(0, LONGEST);
  return TOKENS.some((token) => token.test(bounded));
}

/** True when a variable says by its name that it is secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !HARMLESS_NAME.test(name);
}

/** True when a variable's value is a secret by its form, or a literal under a name that says secret. */
export function isSecretVariable(name: string, value: string): boolean {
  if (holdsSecret(value)) return true;
  return isSecretName(name) && value.length >= 4 && !POINTER.test(value.trim());
}

/** `export DB_PASSWORD=…` and its like: names as scripts write them, values that are no expansion. */
const ASSIGNMENT =
  /(?:^|[\s;'"])([A-Za-z][A-Za-z0-9_.-]{0,63})=(?:"([^"\n]{4,200})"|'([^'\n]{4,200})'|([^\s'";]{4,200}))/g;

/** True when a start-up script, plain or in Base64, holds or assigns a secret. */
export function scriptHoldsSecret(script: string): boolean {
  const text = decoded(script.slice(0, LONGEST));
  if (holdsSecret(text)) return true;
  for (const [, name = '', ...values] of text.matchAll(ASSIGNMENT)) {
    if (isSecretVariable(name, values.find(Boolean) ?? '')) return true;
  }
  return false;
}

/** Base64 of text comes back as the text; anything else as it is. */
function decoded(script: string): string {
  const compact = script.replaceAll(/\s/g, '');
  if (compact.length < 16 || compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact))
    return script;
  const text = Buffer.from(compact, 'base64').toString('utf8');
  return text.includes('\uFFFD') ? script : text;
}
