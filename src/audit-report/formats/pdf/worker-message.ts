/** What the thread is started with. */
export interface PdfTask {
  readonly template: string;
  /** The content as JSON. */
  readonly report: string;
  readonly madeAtSeconds: number;
}

/** What it posts. */
export type PdfResult = { readonly pages: Uint8Array } | { readonly refused: string };
