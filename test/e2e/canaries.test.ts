import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { describeCrash } from '../../src/cli/program.ts';
import type { Gateway } from '../../src/gateway.ts';
import { createLog } from '../../src/http/log.ts';
import { REPORTS } from '../../src/report/registry.ts';
import { canary, found, of, planWithCanaries, token } from './canary-documents.ts';
import { makePlace, openGateway, serve } from './gate.ts';
import type { Place, Served } from './gate.ts';

describe('canaries in every place that a secret can come in by', () => {
  let place: Place;
  let gateway: Gateway;
  let served: Served;
  beforeAll(async () => {
    place = makePlace();
    gateway = await openGateway(place);
    served = await serve(place, gateway);
  }, 120_000);
  afterAll(async () => {
    await served.stop();
    await gateway.close();
    place.dispose();
  });

  const ask = async (body: string, query = '', headers: Record<string, string> = {}) =>
    await fetch(`${served.url}/v1/decisions${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });

  it('none is in the answer, the reports, the kept input, the ledger, the log or the metrics', async () => {
    const query = new URLSearchParams({
      name: `plan-${of('tag')}-${token('document-name')}.json`,
      actor: `me ${of('attribute')} ${token('actor')}`,
      'run.url': `https://u:${of('run')}@ci/1?token=${of('query')}`,
      'label.DB_PASSWORD': of('label'),
    });
    const answer = await ask(planWithCanaries(), `?${query.toString()}`, {
      'idempotency-key': of('key'),
      'x-forwarded-user': of('header'),
    });
    const text = await answer.text();
    expect(answer.status, text).toBe(200);
    expect(text).toContain('(sensitive)');
    expect(found(text)).toEqual([]);
    expect(text).not.toContain(token('document-name'));
    expect(text).not.toContain(token('actor'));
    const [record] = (await gateway.list({ limit: 1 })).records;
    const kept = [
      JSON.stringify(record),
      await (await fetch(`${served.url}/metrics`)).text(),
      JSON.stringify(served.lines),
      ...readdirSync(path.join(place.folder, 'data'), { recursive: true, withFileTypes: true })
        .filter(
          (entry) => entry.isFile() && path.join(entry.parentPath, entry.name).includes('ledger'),
        )
        .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1')),
    ].join('\n');
    expect(found(kept)).toEqual([]);
    const decision = record?.decision ?? expect.fail('nothing was recorded');
    const outcome = {
      checked: [{ name: decision.document.name ?? '', decision }],
      ruleSource: () => undefined,
      version: 'test',
    };
    for (const report of REPORTS)
      expect(
        found(await report.render(outcome, { colour: false, columns: 200 })),
        report.id,
      ).toEqual([]);
  });

  it('none is in a refusal', async () => {
    const malformed = await ask(`{"a": "${of('variable')}", "password": "${of('attribute')}" oops`);
    expect(malformed.status).toBe(400);
    const cloudFormation = JSON.stringify({
      AWSTemplateFormatVersion: '2010-09-09',
      Parameters: { P: { Type: 'String', NoEcho: true, Default: of('default') } },
    });
    const answers = [
      malformed,
      await ask(cloudFormation),
      await ask('{}', `?name=${token('path')}`),
      await fetch(`${served.url}/v1/nothing/${token('path')}?token=${of('query')}`),
    ];
    for (const answer of answers) expect(found(await answer.text())).toEqual([]);
    expect(answers.every(({ status }) => status >= 400)).toBe(true);
  });
});

it('a log line and a crash hold no credential', () => {
  const written: string[] = [];
  const stream = { write: (line: string) => void written.push(line) };
  const log = createLog({ level: 'info', format: 'text' }, stream);
  log.error('a cloud answered', {
    error: `Error: https://u:${canary('log')}@host ${token('log')}`,
  });
  const crash = describeCrash(new Error(`cannot reach postgres://u:${canary('log')}@db/x`));
  expect(written.join('')).toContain('a cloud answered');
  for (const text of [written.join(''), crash]) expect(text).not.toContain(canary('log'));
});
