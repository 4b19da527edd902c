import { create } from 'xmlbuilder2';
import { describe, expect, it } from 'vitest';
import type { Log } from 'sarif';
import { z } from 'zod';

import { printable } from '../../../src/report/printable.ts';
import { REPORTS } from '../../../src/report/registry.ts';
import type { ReportId } from '../../../src/report/registry.ts';
import type { Outcome } from '../../../src/report/report.ts';
import { decision } from '../../decisions.ts';
import { HOSTILE, outcome, reported } from '../../outcomes.ts';

const render = async (id: ReportId, given: Outcome = outcome()): Promise<string> =>
  await REPORTS.find((report) => report.id === id)!.render(given, { colour: false, columns: 100 });

describe('text', () => {
  it('groups by resource, says what to do, and ends with coverage', async () => {
    expect(await render('text')).toMatchInlineSnapshot(`
      "DENIED  plans/denied plan.json  terraform-plan, 2 resources, pre-apply
        note only a part was planned

      aws_s3_bucket.data  aws.s3.bucket
        ✗ high  aws_s3_bucket.data has no owner tag
            tags.owner · expected a team
            fix Add owner to its tags.
            PC-TAG-001 by rule tagging.owner · rules/tagging.yaml:3 · policies/tagging/required/readme.md
        ! low  nothing is logged
            facts.logging · is false · expected true
            fix Add owner to its tags.
            PC-LOG-001 by rule logging.on · policies/tagging/required/readme.md

      aws_db_instance.shop  aws.rds.instance
        ! high  Stored data is encrypted: not known until apply, hangs on facts.encrypted_at_rest
            PC-ENC-001 by rule encryption.at-rest

      Denied: 1 violation.
        verdicts  1 denied, 1 warned, 1 unknown, 4 compliant
        coverage  2 of 3 resources judged; no rule looks at random_id (1)
        by        1 rule (sha256:e3b0c44298fc), 1 policy (sha256:e3b0c44298fc)
        decision  01J00000000000000000000000, document sha256:e3b0c44298fc

      ALLOWED  allowed.yaml  terraform-plan, 0 resources, pre-apply

      Allowed: 1 resource judged.
        verdicts  0 denied, 0 warned, 0 unknown, 0 compliant
        coverage  0 of 0 resources judged
        by        1 rule (sha256:e3b0c44298fc), 1 policy (sha256:e3b0c44298fc)
        decision  01J00000000000000000000000, document sha256:e3b0c44298fc

      NOT JUDGED  log.ndjson
        that is a log  SOURCE_UNUSABLE
        Run terraform show -json.
      "
    `);
  });

  it('colours only when asked', async () => {
    const [text] = REPORTS;
    expect(text.render(outcome(), { colour: true, columns: 80 })).toContain('\u001b[');
    expect(await render('text')).not.toContain('\u001b[');
  });
});

describe('json', () => {
  it('is the decision itself for one document', async () => {
    const given = outcome({ checked: outcome().checked.slice(0, 1) });
    const [entry] = given.checked;
    expect({
      name: entry?.name,
      decision: JSON.parse(await render('json', given)) as unknown,
    }).toEqual(entry);
  });

  it('is a list, with the errors beside it, for several', async () => {
    const parsed = z
      .object({ decisions: z.array(z.unknown()), errors: z.array(z.unknown()) })
      .parse(JSON.parse(await render('json')));
    expect(parsed.decisions).toHaveLength(2);
    expect(parsed.errors).toEqual([
      {
        name: 'log.ndjson',
        error: {
          code: 'SOURCE_UNUSABLE',
          message: 'that is a log',
          help: 'Run terraform show -json.',
        },
      },
    ]);
  });
});

describe('sarif', async () => {
  const log = JSON.parse(await render('sarif')) as Log;
  const [run] = log.runs;

  it('has what code scanning asks for', () => {
    expect(log.version).toBe('2.1.0');
    expect(run?.tool.driver.rules?.map(({ id }) => id)).toEqual([
      'PC-ENC-001',
      'PC-LOG-001',
      'PC-TAG-001',
    ]);
    expect(run?.results?.map(({ ruleId, level, kind }) => [ruleId, level, kind])).toEqual([
      ['PC-TAG-001', 'error', undefined],
      ['PC-LOG-001', 'warning', undefined],
      ['PC-ENC-001', 'none', 'review'],
    ]);
    expect(run?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe(
      'plans/denied%20plan.json',
    );
    expect(
      new Set(run?.results?.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints)))
        .size,
    ).toBe(3);
  });

  it('does not call a run successful in which something was not judged', () => {
    expect(run?.invocations?.[0]?.executionSuccessful).toBe(false);
    expect(run?.invocations?.[0]?.toolExecutionNotifications?.[0]?.descriptor?.id).toBe(
      'SOURCE_UNUSABLE',
    );
  });

  it('keeps the worst when there are more than GitHub takes', async () => {
    const many = outcome({
      checked: [
        {
          name: 'p',
          decision: decision({
            violations: [reported()],
            warnings: Array.from({ length: 25_010 }, () => reported({ enforcement: 'warn' })),
          }),
        },
      ],
    });
    const results = (JSON.parse(await render('sarif', many)) as Log).runs[0]?.results;
    expect(results).toHaveLength(25_000);
    expect(results?.[0]?.level).toBe('error');
  });
});

describe('junit', () => {
  it('has a suite a document and fails where the gate denies', async () => {
    const xml = await render('junit');
    expect(xml).toContain(
      '<testsuite name="plans/denied plan.json" tests="4" failures="1" errors="0" skipped="1">',
    );
    expect(xml).toContain(
      '<testsuite name="log.ndjson" tests="1" failures="0" errors="1" skipped="0">',
    );
  });

  it('stays XML whatever the names hold', async () => {
    const xml = await render('junit', hostile());
    expect(() => create(xml)).not.toThrow();
    expect(xml).not.toContain('<script>');
  });
});

describe('github', () => {
  it('writes workflow commands', async () => {
    expect((await render('github')).split('\n')).toContain(
      '::error file=plans/denied plan.json,title=PC-TAG-001 high%3A aws_s3_bucket.data::aws_s3_bucket.data has no owner tag Add owner to its tags.',
    );
  });

  it('stays within the ten a step that GitHub shows, and says how many there are', async () => {
    const checked = [
      {
        name: 'p',
        decision: decision({ violations: Array.from({ length: 30 }, () => reported()) }),
      },
    ];
    const errors = (await render('github', outcome({ checked })))
      .split('\n')
      .filter((line) => line.startsWith('::error'));
    expect(errors).toHaveLength(10);
    expect(errors.at(-1)).toContain('and 21 more');
  });

  it('lets no text forge a command', async () => {
    const commands = (await render('github', hostile())).trimEnd().split('\n');
    expect(commands.every((line) => /^::(error|warning|notice) /.test(line))).toBe(true);
  });
});

describe('gitlab', () => {
  it('has a fingerprint of its own for each finding, and no byte order mark', async () => {
    const text = await render('gitlab');
    const issues = z
      .array(z.object({ fingerprint: z.string(), severity: z.string(), check_name: z.string() }))
      .parse(JSON.parse(text));
    expect(text.startsWith('[')).toBe(true);
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
    expect(issues.map(({ check_name, severity }) => [check_name, severity])).toEqual([
      ['SOURCE_UNUSABLE', 'blocker'],
      ['PC-TAG-001', 'critical'],
      ['PC-LOG-001', 'minor'],
      ['PC-ENC-001', 'info'],
    ]);
  });
});

describe('markdown', () => {
  it('has a table of what denies', async () => {
    expect(await render('markdown')).toContain('### ❌ Denied: plans/denied plan.json');
    expect(await render('markdown')).toContain(
      '| Severity | Resource | What is wrong | Fix | Policy |',
    );
  });

  it('holds no markup of strangers', async () => {
    const text = await render('markdown', hostile());
    expect(text).not.toMatch(/<script|\]\(javascript|@everyone|\p{Cc}\[/u);
    expect(
      text
        .split('\n')
        .filter((line) => line.startsWith('|'))
        .every((line) => line.split(' | ').length <= 5),
    ).toBe(true);
  });
});

describe('terminals', () => {
  it('are not moved, recoloured or reordered by what a document says', async () => {
    const unsafe = (await render('text', hostile())).match(/(?!\n)[\p{Cc}\p{Cf}]/gu) ?? [];
    expect(unsafe).toEqual([]);
    expect(printable('a\u001b[31m\n\u202eb')).toBe('a\\u001b[31m\\u000a\\u202eb');
  });
});

/** The hostile text in every place of a decision that a document fills. */
function hostile(): Outcome {
  const violation = reported({
    address: HOSTILE,
    kind: HOSTILE,
    message: HOSTILE,
    fix: HOSTILE,
    path: HOSTILE,
    actual: HOSTILE,
    expected: [HOSTILE],
    rule: HOSTILE,
  });
  return outcome({
    checked: [
      {
        name: HOSTILE,
        decision: decision({
          decision: 'deny',
          reason: HOSTILE,
          document: { ...decision().document, notes: [{ code: 'x', message: HOSTILE }] },
          violations: [violation],
          warnings: [{ ...violation, enforcement: 'warn' }],
          unknown: [{ ...violation, title: HOSTILE, paths: [HOSTILE] }],
          failed: [{ ...violation, code: 'ENGINE_TRAP', reason: HOSTILE }],
          coverage: { judged: 1, unjudged: [{ address: HOSTILE, kind: HOSTILE }] },
        }),
      },
      {
        name: HOSTILE,
        problem: { code: 'SOURCE_MALFORMED', message: HOSTILE, help: HOSTILE, place: HOSTILE },
      },
    ],
  });
}
