import { z } from 'zod';

/** What we read of OPA's IR (documentation of OPA, "Intermediate Representation"): who calls whom, and what touches the input. */
const Operand = z.object({ type: z.string(), value: z.unknown() });
const Statement = z.object({ type: z.string(), stmt: z.record(z.string(), z.unknown()) });
const Blocks = z.array(z.object({ stmts: z.array(Statement).nullish() }));
const Ir = z.object({
  static: z.object({ strings: z.array(z.object({ value: z.string() })) }),
  plans: z.object({ plans: z.array(z.object({ name: z.string(), blocks: Blocks })) }),
  funcs: z.object({
    funcs: z.array(z.object({ name: z.string(), blocks: Blocks })).nullish(),
  }),
});
type Statement = z.infer<typeof Statement>;

/** The input is the first parameter of every function, and handed on as the first argument. */
const INPUT = 0;

/** Members of the input that tell about the resource and the rule alone. */
const OF_THE_RESOURCE: ReadonlySet<unknown> = new Set(['resources', 'parameters']);

/** Builtins that answer by the time, by chance or by what is outside, whatever a host makes of them. */
const CHANGING =
  /^(time\.now_ns|rand\.|uuid\.|http\.|net\.lookup|opa\.runtime|io\.jwt\.decode_verify)/;

/**
 * The entrypoints whose answer hangs on `input.resources` and `input.parameters` alone: they say the same of the same, in
 * whatever request and whenever. Read in the compiled code and not in what a policy says of itself; what is not understood counts as
 * changing.
 *
 * @param plan OPA's IR, as JSON text
 */
export function constantEntrypoints(plan: string): ReadonlySet<string> {
  const parsed = Ir.safeParse(tryParse(plan));
  if (!parsed.success) return new Set();
  const { static: constants, plans, funcs } = parsed.data;
  const bodies = new Map(
    (funcs.funcs ?? []).map(({ name, blocks }) => [name, footprint(blocks, constants.strings)]),
  );
  return new Set(
    plans.plans
      .filter(({ blocks }) => isConstant(footprint(blocks, constants.strings), bodies))
      .map(({ name }) => name),
  );
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a piece of code does that another moment could make different. */
interface Footprint {
  readonly calls: ReadonlySet<string>;
  readonly changes: boolean;
}

function isConstant(from: Footprint, bodies: ReadonlyMap<string, Footprint>): boolean {
  const seen = new Set<Footprint>([from]);
  for (const { calls, changes } of seen) {
    if (changes) return false;
    for (const name of calls) {
      const body = bodies.get(name);
      if (body !== undefined) seen.add(body);
      else if (CHANGING.test(name)) return false;
    }
  }
  return true;
}

function footprint(
  blocks: z.infer<typeof Blocks>,
  strings: readonly { value: string }[],
): Footprint {
  const calls = new Set<string>();
  let changes = false;
  const pending = [...blocks];
  for (const { stmts } of pending) {
    for (const { type, stmt } of stmts ?? []) {
      pending.push(...blocksOf(stmt));
      if (type === 'CallStmt' && typeof stmt['func'] === 'string') calls.add(stmt['func']);
      changes ||= mayChange({ type, stmt }, strings);
    }
  }
  return { calls, changes };
}

function blocksOf(stmt: Statement['stmt']): z.infer<typeof Blocks> {
  const { blocks, block } = stmt;
  return [
    ...(blocks === undefined ? [] : Blocks.parse(blocks)),
    ...(block === undefined ? [] : [Blocks.element.parse(block)]),
  ];
}

/** True for anything done to the input besides taking a member that tells of the resource, and handing it on to a function. */
function mayChange({ type, stmt }: Statement, strings: readonly { value: string }[]): boolean {
  switch (type) {
    case 'CallDynamicStmt':
    case 'WithStmt':
      return true;
    case 'CallStmt':
      return handsOnTheInput(stmt);
    case 'DotStmt':
      return isInput(stmt['source']) && !tellsOfTheResource(stmt['key'], strings);
    case 'ResultSetAddStmt':
      return stmt['value'] === INPUT;
    default:
      return [stmt['source'], stmt['target']].includes(INPUT) || Object.values(stmt).some(isInput);
  }
}

/** Functions of policies are handed the input first; a builtin that is handed it sees all of it. */
function handsOnTheInput({ func, args }: Statement['stmt']): boolean {
  if (!Array.isArray(args)) return true;
  const ofAPolicy = typeof func === 'string' && OF_A_POLICY.test(func);
  return args.slice(ofAPolicy ? 1 : 0).some(isInput);
}

function tellsOfTheResource(key: unknown, strings: readonly { value: string }[]): boolean {
  const { data } = Operand.safeParse(key);
  if (data?.type !== 'string_index' || typeof data.value !== 'number') return false;
  return OF_THE_RESOURCE.has(strings[data.value]?.value);
}

const OF_A_POLICY = /^g\d+\.data\./;

function isInput(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  const operand = Operand.safeParse(value);
  return operand.success && operand.data.type === 'local' && operand.data.value === INPUT;
}
