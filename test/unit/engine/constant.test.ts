import { describe, expect, it } from 'vitest';

import { constantEntrypoints } from '../../../src/engine/policy-set/constant.ts';

const STRINGS = ['resources', 'parameters', 'now', 'context'];
const local = (value: number) => ({ type: 'local', value });
const take = (member: string, source = 0) => ({
  type: 'DotStmt',
  stmt: {
    source: local(source),
    key: { type: 'string_index', value: STRINGS.indexOf(member) },
    target: 5,
  },
});
const call = (func: string, ...args: number[]) => ({
  type: 'CallStmt',
  stmt: { func, args: args.map(local), result: 6 },
});
const own = (name: string) => `g0.data.policies.${name}`;

/** One entrypoint `p` that does this, and functions that it may call. */
function isConstant(stmts: unknown[], funcs: Record<string, unknown[]> = {}): boolean {
  const plan = JSON.stringify({
    static: { strings: STRINGS.map((value) => ({ value })) },
    plans: { plans: [{ name: 'p', blocks: [{ stmts }] }] },
    funcs: {
      funcs: Object.entries(funcs).map(([name, body]) => ({
        name: own(name),
        params: [0, 1],
        blocks: [{ stmts: body }],
      })),
    },
  });
  return constantEntrypoints(plan).has('p');
}

describe('an entrypoint says the same of the same', () => {
  it.each<[string, unknown[], Record<string, unknown[]>?]>([
    ['looks at resources and parameters', [take('resources'), take('parameters')]],
    ['calls a function that does', [call(own('f'), 0, 1)], { f: [take('resources')] }],
    ['calls a builtin', [take('resources'), call('glob.match', 5, 5, 5)]],
    ['looks at a member of its own values', [take('now', 7)]],
    [
      'calls functions in a circle',
      [call(own('f'), 0, 1)],
      { f: [call(own('g'), 0, 1)], g: [call(own('f'), 0, 1)] },
    ],
  ])('when it %s', (_, stmts, funcs) => {
    expect(isConstant(stmts, funcs)).toBe(true);
  });

  it.each<[string, unknown[], Record<string, unknown[]>?]>([
    ['looks at the time', [take('now')]],
    ['looks at the request', [take('context')]],
    [
      'calls a function that does, deep inside',
      [call(own('f'), 0, 1)],
      {
        f: [{ type: 'NotStmt', stmt: { block: { stmts: [call(own('g'), 0, 1)] } } }],
        g: [{ type: 'BlockStmt', stmt: { blocks: [{ stmts: [take('context')] }] } }],
      },
    ],
    ['asks a clock', [call('time.now_ns')]],
    ['throws dice', [call('rand.intn', 5, 5)]],
    ['hands the whole input to a builtin', [call('glob.match', 0, 5)]],
    ['hands the whole input on as a value', [call(own('f'), 0, 1, 0)], { f: [] }],
    [
      'looks at a member it works out',
      [{ type: 'DotStmt', stmt: { source: local(0), key: local(5) } }],
    ],
    ['goes through the input', [{ type: 'ScanStmt', stmt: { source: 0, block: { stmts: [] } } }]],
    ['keeps the input', [{ type: 'AssignVarStmt', stmt: { source: local(0), target: 5 } }]],
    ['answers with the input', [{ type: 'ResultSetAddStmt', stmt: { value: 0 } }]],
    ['replaces the input', [{ type: 'WithStmt', stmt: { local: 0, block: { stmts: [] } } }]],
    ['calls what it works out', [{ type: 'CallDynamicStmt', stmt: { args: [local(5)] } }]],
  ])('not when it %s', (_, stmts, funcs) => {
    expect(isConstant(stmts, funcs)).toBe(false);
  });

  it.each(['', '{"plans":{"plans":[{"name":"p"}]}}'])('not when its code is %j', (plan) => {
    expect(constantEntrypoints(plan).size).toBe(0);
  });
});
