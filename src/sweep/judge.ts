import type { RuleSet } from '../bindings/rule.ts';
import type { Resource } from '../model/resource.ts';
import type { Verdict } from '../model/verdict.ts';
import type { RawResource } from '../sources/source.ts';

/** The port by which a sweep judges: the same rules, policies and engine as at the gate, at the point `sweep`. */
export interface Judge {
  /** The rules in force; those of a run's beginning decide what it reads, those of its end which findings outlive them. */
  readonly rules: () => RuleSet;
  /** True for a kind of the catalogue, or a native type it does not know, that some rule judges or reads besides. */
  readonly looksAt: (kind: string) => boolean;
  /** True for a kind that some rule can only judge, or judge others by, where it sees all there is of it. */
  readonly compares: (kind: string) => boolean;
  /**
   * Normal form and verdicts of some resources that were read together.
   *
   * @throws PortcullisError when the engine itself is broken; then nothing of these resources counts as judged.
   */
  readonly judge: (resources: readonly RawResource[], asked: Judging) => Promise<Judged>;
}

export interface Judging {
  /** RFC 3339 */
  readonly now: string;
  /** `input.context`: the run, and where these resources were read. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
}

export interface Judged {
  /** In the order of what was given. */
  readonly resources: readonly Resource[];
  /**
   * At least those that are not compliant and not "not applicable"; of a rule that compares resources the compliant ones too,
   * for whoever did not show it all of them does not believe it.
   */
  readonly verdicts: readonly Verdict[];
  /** For each resource how many rules had something to say to it, with a verdict here or without. */
  readonly judging: readonly number[];
  readonly policies: Digested;
  readonly rules: Digested;
}

export interface Digested {
  readonly digest: string;
  readonly count: number;
}
