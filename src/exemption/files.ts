import type { Exemption } from '../bindings/exemption.ts';
import { parseExemptions } from '../bindings/parse-exemptions.ts';
import type { RuleText } from '../bindings/parse-rules.ts';
import type { Rule } from '../bindings/rule.ts';
import { messageOf } from '../kit/errors.ts';

/** The files of exemptions, as the disk has them. */
export interface ExemptionFiles {
  /** @throws RulesError when one cannot be read. */
  readonly read: () => readonly RuleText[];
  /** Another text whenever a file came, went or changed. @throws RulesError when a folder cannot be read. */
  readonly stamp: () => string;
}

export interface FileParts {
  readonly files: ExemptionFiles;
  readonly rules: readonly Rule[];
  /** Milliseconds from any start, never going back. */
  readonly stopwatch: () => number;
  readonly warn: (message: string, facts: Readonly<Record<string, unknown>>) => void;
}

const LOOK_MS = 1000;

/**
 * Exemptions of files, read again when a file changes. An edit that is wrong changes nothing: the last ones that were right
 * stay in force, and the operator is told once.
 *
 * @throws RulesError when they are wrong from the start.
 */
export function exemptionFiles(parts: FileParts): () => readonly Exemption[] {
  const { files, rules, stopwatch, warn } = parts;
  // The stamp comes first: what changes between the two is read again.
  let stamp = files.stamp();
  let inForce = parseExemptions(files.read(), rules);
  let lookedAt = stopwatch();
  let toldOf: string | undefined;
  return () => {
    if (stopwatch() - lookedAt < LOOK_MS) return inForce;
    lookedAt = stopwatch();
    try {
      const now = files.stamp();
      if (now === stamp) return inForce;
      stamp = now;
      inForce = parseExemptions(files.read(), rules);
      toldOf = undefined;
    } catch (error) {
      const key = messageOf(error);
      if (key !== toldOf)
        warn('the files of exemptions are wrong; the last good ones stay', { error: key });
      toldOf = key;
    }
    return inForce;
  };
}
