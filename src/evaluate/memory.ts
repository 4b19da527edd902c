import type { Rule } from '../bindings/rule.ts';
import type { RawViolation } from '../engine/engine.ts';

/** What policies said before of resources that look the same to them; kept from page to page of a sweep, and from document to document. */
export interface Memory {
  /** Undefined for a rule whose policy may say something else at another time or place. */
  readonly of: (rule: Rule) => Remembered | undefined;
}

/** What one rule's policy said, by the text that it was given without its address. */
export interface Remembered {
  readonly recall: (text: string) => readonly RawViolation[] | undefined;
  readonly keep: (text: string, violations: readonly RawViolation[]) => void;
}

export interface MemoryOptions {
  /** True for an entrypoint whose answer hangs on resources and parameters alone. */
  readonly isConstant: (entrypoint: string) => boolean;
  /** Of memory, about; what was not asked for in a while is forgotten first. */
  readonly bytes: number;
}

type Said = Map<string, readonly RawViolation[]>;

/**
 * Two generations: when the young one has half of the bytes the old one is dropped, and what is asked for of the old one
 * becomes young again. So what comes back stays, what never comes back goes, and nothing is sorted for it.
 */
interface Generations {
  young: Map<Rule, Said>;
  old: Map<Rule, Said>;
  bytes: number;
}

/** An entry of a map, a header of a text, and a list: measured, and rounded up. */
const ENTRY_BYTES = 120;
/** A violation that says nothing but a short sentence. */
const VIOLATION_BYTES = 400;

export function createMemory({ isConstant, bytes }: MemoryOptions): Memory {
  const kept: Generations = { young: new Map(), old: new Map(), bytes: 0 };
  const keep = (rule: Rule, text: string, violations: readonly RawViolation[]): void => {
    if (kept.bytes > bytes / 2) {
      kept.old = kept.young;
      kept.young = new Map();
      kept.bytes = 0;
    }
    const said = kept.young.get(rule) ?? new Map<string, readonly RawViolation[]>();
    kept.young.set(rule, said.set(text, violations));
    kept.bytes += weight(text, violations);
  };
  return {
    of: (rule) => {
      if (!isConstant(rule.policy.entrypoint)) return undefined;
      return {
        recall: (text) => {
          const young = kept.young.get(rule)?.get(text);
          if (young !== undefined) return young;
          const old = kept.old.get(rule)?.get(text);
          if (old !== undefined) keep(rule, text, old);
          return old;
        },
        keep: (text, violations) => keep(rule, text, violations),
      };
    },
  };
}

function weight(text: string, violations: readonly RawViolation[]): number {
  if (violations.length === 0) return ENTRY_BYTES + text.length;
  const said = violations.reduce((sum, one) => sum + VIOLATION_BYTES + sizeOf(one), 0);
  return ENTRY_BYTES + text.length + said;
}

/** Texts of any length stand in them: those of a tag, or of a whole policy document. */
function sizeOf({ expected, actual, message, fix }: RawViolation): number {
  const values =
    expected === undefined && actual === undefined ? '' : JSON.stringify([expected, actual]);
  return 2 * (values.length + message.length + (fix?.length ?? 0));
}
