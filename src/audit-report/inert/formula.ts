/**
 * A cell that no spreadsheet calculates with (CWE-1236). Whoever opens the file where lists are separated by semicolons
 * sees other cells than were written, so what follows a semicolon is looked at too. The apostrophe is seen: a changed cell
 * should not pass for an unchanged one.
 */
export function inertFormula(text: string): string {
  return text.replace(/(^|;["'\s]*)(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])/gu, "$1'");
}
