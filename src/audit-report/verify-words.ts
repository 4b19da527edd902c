/** How whoever holds a report finds out that it is one; the key in it is only good for comparing. */
export const COMPARE_KEY =
  'Compare the key with one that came to you by another way than this report: who forges a report writes a key of their own into it.';
export const VERIFY_INSIDE =
  'The evidence stands in this file. portcullis audit verify FILE --key KEY holds the two against each other, offline and without asking the gate.';
export const VERIFY_BESIDE =
  'The evidence is a second file, FILE.evidence.json. portcullis audit verify FILE --key KEY holds the two against each other, offline and without asking the gate.';
