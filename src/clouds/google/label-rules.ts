import type { TagLimits } from '../tagger.ts';

/** Requirements for labels of Google Cloud. */
const MOST_LABELS = 64;
const MOST_CHARACTERS = 63;
const MOST_BYTES = 128;
const KEY = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]*$/u;
const VALUE = /^[\p{Ll}\p{Lo}\p{N}_-]*$/u;
/** Google's own marks: `goog-managed-by`, `goog-terraform-provisioned`. */
const RESERVED = 'goog-';

export const GOOGLE_LABELS: TagLimits = {
  // Every service changes one resource in a call.
  batch: 1,
  tags: MOST_LABELS,
  refuses: (key, value) => refusesKey(key) ?? refusesValue(value),
  spell: (key, value) => ({
    key: spelt(key, refusesKey),
    value: spelt(value, refusesValue),
  }),
};

function refusesKey(key: string): string | undefined {
  if (key === '') return 'a label needs a key';
  if (!KEY.test(key))
    return 'a label’s key starts with a lower-case letter and holds lower-case letters, digits, _ and - alone';
  if (key.startsWith(RESERVED)) return 'keys that begin with goog- belong to Google';
  return tooLong('key', key);
}

function refusesValue(value: string): string | undefined {
  if (!VALUE.test(value)) return 'a label’s value holds lower-case letters, digits, _ and - alone';
  return tooLong('value', value);
}

function tooLong(what: string, text: string): string | undefined {
  return Array.from(text).length > MOST_CHARACTERS || Buffer.byteLength(text) > MOST_BYTES
    ? `a label’s ${what} has at most ${MOST_CHARACTERS} characters and ${MOST_BYTES} bytes`
    : undefined;
}

/**
 * Lower case, and a dash for white space: who reads `team-a` knows that it is `Team A`. Nothing else is mapped, since
 * `a@b` and `a-b`, `1.5` and `1-5` are different things: such a text stays as it is, and is refused.
 */
function spelt(text: string, refuses: (text: string) => string | undefined): string {
  const mapped = text.trim().toLowerCase().replaceAll(/\s+/g, '-');
  return refuses(mapped) === undefined ? mapped : text;
}
