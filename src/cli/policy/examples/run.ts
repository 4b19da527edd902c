import { bindRule } from '../../../bindings/bind.ts';
import { RulesError } from '../../../bindings/errors.ts';
import { ruleSet } from '../../../bindings/parse-rules.ts';
import { RuleDocument } from '../../../bindings/rule.ts';
import type { Engine } from '../../../engine/engine.ts';
import { evaluate } from '../../../evaluate/evaluate.ts';
import type { Policy } from '../../../model/policy.ts';
import type { Verdict } from '../../../model/verdict.ts';
import { judgeExample } from './judge.ts';
import { completeResource, SECTIONS } from './schema.ts';
import type { BadExample, Example, Examples, Section } from './schema.ts';

/** One example that was run. */
export interface ExampleResult {
  readonly section: Section;
  readonly name: string;
  readonly line: number;
  /** What is wrong; undefined when the policy says what the example says. */
  readonly problem: string | undefined;
}

const DEADLINE_MS = 30_000;

/**
 * Runs the examples of one policy through the way that every request takes: bind a rule, project, evaluate, interpret.
 *
 * @param lineOf the line of an example in its file.
 */
export async function runExamples(
  policy: Policy,
  examples: Examples,
  engine: Engine,
  lineOf: (path: readonly PropertyKey[]) => number,
): Promise<readonly ExampleResult[]> {
  const results: ExampleResult[] = [];
  for (const section of SECTIONS) {
    for (const [index, example] of examples[section].entries()) {
      results.push({
        section,
        name: example.name,
        line: lineOf([section, index]),
        problem: await problemOf(policy, section, example, engine),
      });
    }
  }
  return results;
}

async function problemOf(
  policy: Policy,
  section: Section,
  example: Example | BadExample,
  engine: Engine,
): Promise<string | undefined> {
  try {
    const verdicts = await verdictsOf(policy, example, engine);
    return judgeExample(section, verdicts, 'violations' in example ? example.violations : []);
  } catch (thrown) {
    if (thrown instanceof RulesError)
      return thrown.problems.map(({ message }) => message).join('; ');
    throw thrown;
  }
}

function verdictsOf(policy: Policy, example: Example, engine: Engine): Promise<readonly Verdict[]> {
  const document = RuleDocument.parse({
    id: 'example',
    policy: policy.id,
    enforce: 'deny',
    parameters: example.parameters ?? {},
  });
  const request = {
    resources: example.resources.map(completeResource),
    rules: ruleSet([bindRule(document, [policy])]),
    point: example.point,
    context: { point: example.point, ...example.context },
    now: example.now,
    deadlineMs: DEADLINE_MS,
  };
  return evaluate(request, engine);
}
