import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';

import { runProgram } from '../../../src/cli/program.ts';
import type { RepairRunView } from '../../../src/fleet/repair-views.ts';

const RUN = '01JDGZ8N3V5X7Q2K4M6P8R0T1W';
const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

const NOTHING = {
  intended: 0,
  written: 0,
  verified: 0,
  failed: 0,
  skipped: 0,
  unresolved: 0,
  rehearsed: 0,
};

function status(state: 'running' | 'done', verified: number): RepairRunView {
  return {
    run: {
      id: RUN,
      plan: 'plan-1',
      purpose: 'repair',
      dryRun: false,
      actor: 'ada',
      state,
      reason: '',
      startedAt: '2026-11-25T08:00:00.000Z',
    },
    tally: { ...NOTHING, verified },
    steps: [],
  };
}

/** A gate whose patience ends before its run does: the first answer says that it is under way. */
async function gate(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(({ method = '', url = '' }, response) => {
    asked.push(`${method} ${url}`);
    const over = method === 'GET';
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(over ? status('done', 7) : status('running', 2)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function portcullis(...args: string[]) {
  const result = { stdout: '', code: -1 };
  await runProgram(args, {
    stdout: { write: (text) => (result.stdout += text) },
    stderr: { write: () => undefined },
    stdin: Readable.from([]),
    cwd: '/',
    colour: false,
    interactive: false,
    columns: 120,
    searchPath: [],
    env: {},
    token: undefined,
    loadConfig: () => expect.fail('a gate is asked'),
    watchInterrupt: () => expect.fail('the run is in the gate, and goes on there'),
    setExitCode: (code) => (result.code = code),
  });
  return result;
}

describe('a run that takes longer than one answer', () => {
  it.each([
    ['apply', 'plan-1', 'POST /v1/repairs/plans/plan-1/apply'],
    ['resume', RUN, `POST /v1/repairs/runs/${RUN}/resume`],
  ])('is followed to its end by repair %s', async (command, id, first) => {
    const { url, asked } = await gate();
    const { stdout, code } = await portcullis('repair', command, id, '--server', url);
    expect(asked).toEqual([first, `GET /v1/repairs/runs/${RUN}`]);
    expect(stdout).toMatch(/^DONE {2}repair/);
    expect(stdout).toContain('7 verified');
    expect(code).toBe(0);
  });
});
