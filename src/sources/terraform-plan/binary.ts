const ZIP = [0x50, 0x4b, 0x03, 0x04];

/** Name and place of an entry's name in the header that every ZIP file begins with: APPNOTE.TXT, section 4.3.7. */
const NAME_LENGTH_AT = 26;
const NAME_AT = 30;

/** What Terraform and OpenTofu put first into a saved plan. */
const FIRST_ENTRIES = new Set(['tfplan', 'tfstate', 'tfstate-prev']);

/** True for the binary plan that `terraform plan -out=FILE` saves: a ZIP archive whose first entry is the plan. */
export function isBinaryPlan(bytes: Uint8Array): boolean {
  if (!ZIP.every((byte, at) => bytes[at] === byte)) return false;
  const length = (bytes[NAME_LENGTH_AT] ?? 0) + (bytes[NAME_LENGTH_AT + 1] ?? 0) * 256;
  return FIRST_ENTRIES.has(
    new TextDecoder('latin1').decode(bytes.subarray(NAME_AT, NAME_AT + length)),
  );
}
