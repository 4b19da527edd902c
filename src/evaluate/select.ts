import { isMeant, judges, meansAll } from '../bindings/match.ts';
import type { Rule } from '../bindings/rule.ts';
import { keysOverlap, splitPath, valueAt } from '../kit/paths.ts';
import type { Resource } from '../model/resource.ts';
import type { Hidden } from './projection.ts';

/** What one rule looks at; positions are those of the resources, in their order. */
export interface Selected {
  readonly rule: Rule;
  readonly judged: number[];
  readonly missing: NotApplicable[];
}

/** A resource that a rule looks at, to which its policy has nothing to say. */
export interface NotApplicable {
  readonly rule: Rule;
  readonly resource: number;
  /** What is required and not there, in words. */
  readonly reason: string;
}

export interface Selection {
  /** One a rule, in the order of the rules. */
  readonly selected: readonly Selected[];
  /** For each resource how many rules judge it. */
  readonly judging: readonly number[];
}

/**
 * Which rule looks at which resource. Resource by resource: what rules think of its kind is known for all of the kind, and
 * what they require of it is looked up once, however many of them require it.
 *
 * @param tellMissing false where nobody wants to know of pairs to which a policy has nothing to say: most end there.
 */
export function select(
  rules: readonly Rule[],
  resources: readonly Resource[],
  hidden: Hidden,
  tellMissing: boolean,
): Selection {
  const selected = rules.map((rule): Selected => ({ rule, judged: [], missing: [] }));
  const judging: number[] = [];
  const lookers = lookersAt(rules);
  for (const [index, resource] of resources.entries()) {
    let count = 0;
    const looking = lookers(resource);
    const lacks = lackOf(resource, () => hidden(index));
    for (const { rule, at, all, requires } of looking) {
      if (!all && !isMeant(rule, resource)) continue;
      const absent = requires.find(lacks);
      if (absent === undefined) {
        count += 1;
        selected[at]?.judged.push(index);
      } else if (tellMissing)
        selected[at]?.missing.push({ rule, resource: index, reason: absent.reason });
    }
    judging.push(count);
  }
  return { selected, judging };
}

/** A rule that looks at resources of a kind. */
interface Looker {
  readonly rule: Rule;
  /** Its place among the rules. */
  readonly at: number;
  /** It looks at all of the kind. */
  readonly all: boolean;
  readonly requires: readonly Required[];
}

/** A path that policies demand: one object for all that demand it. */
interface Required {
  /** Its place among all that are demanded. */
  readonly at: number;
  readonly keys: readonly (string | number)[];
  readonly reason: string;
}

/** Who looks at a kind stays the same from request to request. */
const LOOKERS = new WeakMap<readonly Rule[], Map<string, readonly Looker[]>>();
/** Kinds that no catalogue knows are a document's own words: their number has no bound. */
const MOST_KINDS = 4096;

function lookersAt(rules: readonly Rule[]): (resource: Resource) => readonly Looker[] {
  const known = LOOKERS.get(rules) ?? new Map<string, readonly Looker[]>();
  LOOKERS.set(rules, known);
  return (resource) => {
    const key = `${resource.action} ${resource.kind}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= MOST_KINDS) known.clear();
    const made = rules.flatMap((rule, at): Looker[] => {
      if (!judges(rule, resource)) return [];
      return [{ rule, at, all: meansAll(rule), requires: rule.policy.requires.map(required) }];
    });
    known.set(key, made);
    return made;
  };
}

/** The paths that policies demand are few, and written by whoever writes policies. */
const REQUIRED = new Map<string, Required>();

function required(path: string): Required {
  const known = REQUIRED.get(path);
  if (known !== undefined) return known;
  const made = { at: REQUIRED.size, keys: splitPath(path), reason: `it has no ${path}` };
  REQUIRED.set(path, made);
  return made;
}

/** Whether a resource lacks what is required: each path is looked up once. */
function lackOf(resource: Resource, hidden: () => ReturnType<Hidden>): (path: Required) => boolean {
  const looked = new Uint8Array(REQUIRED.size);
  return ({ at, keys }) => {
    if (looked[at] === 0)
      looked[at] = has(resource, keys) || mayHave(hidden(), keys) ? PRESENT : LACKING;
    return looked[at] === LACKING;
  };
}

const PRESENT = 1;
const LACKING = 2;

/** Null is how documents write "none". */
function has(resource: Resource, keys: Required['keys']): boolean {
  const value = valueAt(resource, keys);
  return value !== undefined && value !== null;
}

/** What is still to come may be there. */
function mayHave(hidden: ReturnType<Hidden>, keys: Required['keys']): boolean {
  return hidden.some((path) => keysOverlap(path.keys, keys));
}
