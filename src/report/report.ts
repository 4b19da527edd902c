import type { Decision } from '../model/decision.ts';

/** What became of one document of a check. */
export type Checked =
  | { readonly name: string; readonly decision: Decision }
  | { readonly name: string; readonly problem: Problem };

/** Why a document could not be judged. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly place?: string;
  readonly help?: string;
}

/** A whole check: every document, and what the reports need to point at. */
export interface Outcome {
  readonly checked: readonly Checked[];
  /** Where a rule stands, `rules/tagging.yaml:12`; undefined when a server judged. */
  readonly ruleSource: (rule: string) => string | undefined;
  /** The version of Portcullis, for formats that name their tool. */
  readonly version: string;
}

export interface ReportOptions {
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly columns: number;
}

/** One way to write down the outcome of a check. */
export interface Report {
  readonly id: string;
  readonly title: string;
  /** A promise where the format needs a library that is loaded for it alone. */
  readonly render: (outcome: Outcome, options: ReportOptions) => string | Promise<string>;
}

/** The decisions of an outcome, with the names of their documents. */
export function decided(outcome: Outcome): { name: string; decision: Decision }[] {
  return outcome.checked.flatMap((entry) => ('decision' in entry ? [entry] : []));
}

/** The documents that could not be judged. */
export function undecided(outcome: Outcome): { name: string; problem: Problem }[] {
  return outcome.checked.flatMap((entry) => ('problem' in entry ? [entry] : []));
}
