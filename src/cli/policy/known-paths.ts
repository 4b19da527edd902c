import { FACTS } from '../../catalogue/facts.ts';
import type { PolicyProblem } from '../../engine/policy-set/errors.ts';
import type { PlacedPolicy } from '../../engine/policy-set/metadata.ts';
import { splitPath } from '../../kit/paths.ts';
import { Resource } from '../../model/resource.ts';

/**
 * Paths in `reads` and `requires` that no resource has. The type checker does not see into functions, whose arguments
 * have no type; but a policy is handed only what it declares, so the declaration is the place to catch a misspelt fact.
 */
export function pathProblems({ policy, file, line }: PlacedPolicy): readonly PolicyProblem[] {
  return [...policy.reads, ...policy.requires].flatMap((path) => {
    const message = pathProblem(path);
    return message === undefined ? [] : [{ message: `${path}: ${message}`, place: { file, line } }];
  });
}

function pathProblem(path: string): string | undefined {
  const [root, name] = splitPath(path);
  if (typeof root !== 'string' || !Object.hasOwn(Resource.shape, root)) {
    return `a resource has no ${root}; it has ${Object.keys(Resource.shape).join(', ')}`;
  }
  if (root !== 'facts' || name === undefined || Object.hasOwn(FACTS, name)) return undefined;
  // A parameter may choose the fact; then the rule that sets it is what has to be right.
  return /^\{.*\}$/.test(String(name)) ? undefined : `the catalogue has no fact ${name}`;
}
