/** What stands in place of a value that must not be shown. Stable: stores, exemptions and repairs know it by this text. */
export const SENSITIVE = '(sensitive)';
