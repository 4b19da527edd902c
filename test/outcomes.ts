import type { ReportedViolation } from '../src/model/decision.ts';
import type { Outcome } from '../src/report/report.ts';
import { decision } from './decisions.ts';

export function reported(given: Partial<ReportedViolation> = {}): ReportedViolation {
  return {
    rule: 'tagging.owner',
    policy: 'PC-TAG-001',
    severity: 'high',
    enforcement: 'deny',
    address: 'aws_s3_bucket.data',
    kind: 'aws.s3.bucket',
    path: 'tags.owner',
    message: 'aws_s3_bucket.data has no owner tag',
    expected: 'a team',
    actual: null,
    fix: 'Add owner to its tags.',
    link: 'policies/tagging/required/readme.md',
    ...given,
  };
}

/** A check of three documents: denied, allowed with remarks, and one that could not be judged. */
export function outcome(given: Partial<Outcome> = {}): Outcome {
  const unknown = {
    rule: 'encryption.at-rest',
    policy: 'PC-ENC-001',
    severity: 'high' as const,
    enforcement: 'warn' as const,
    address: 'aws_db_instance.shop',
    kind: 'aws.rds.instance',
    title: 'Stored data is encrypted',
    paths: ['facts.encrypted_at_rest'],
  };
  return {
    version: '1.2.3',
    ruleSource: (rule) => (rule === 'tagging.owner' ? 'rules/tagging.yaml:3' : undefined),
    checked: [
      {
        name: 'plans/denied plan.json',
        decision: decision({
          decision: 'deny',
          reason: 'Denied: 1 violation.',
          document: {
            ...decision().document,
            resources: 2,
            notes: [{ code: 'targeted', message: 'only a part was planned' }],
          },
          summary: {
            violation: 2,
            unknown: 1,
            exempt: 0,
            failed: 0,
            compliant: 4,
            'not-applicable': 1,
          },
          violations: [reported()],
          warnings: [
            reported({
              policy: 'PC-LOG-001',
              rule: 'logging.on',
              severity: 'low',
              enforcement: 'warn',
              path: 'facts.logging',
              actual: false,
              expected: true,
              message: 'nothing is logged',
            }),
          ],
          unknown: [unknown],
          coverage: { judged: 2, unjudged: [{ address: 'random_id.x', kind: 'random_id' }] },
        }),
      },
      { name: 'allowed.yaml', decision: decision({ reason: 'Allowed: 1 resource judged.' }) },
      {
        name: 'log.ndjson',
        problem: {
          code: 'SOURCE_UNUSABLE',
          message: 'that is a log',
          help: 'Run terraform show -json.',
        },
      },
    ],
    ...given,
  };
}

/** Text that means something to one reader or another: terminals, XML, HTML, Markdown, workflow commands. */
export const HOSTILE = [
  '\u001b[31mred\u001b[0m',
  'line\r\n::error::forged',
  '<script>alert(1)</script>',
  '](javascript:alert(1))',
  '| a | b |\n|---|---|',
  '\u202egnp.exe',
  ']]><!--',
  '@everyone `code`',
  '\u0000\u0007',
  '%0A::set-output',
].join(' ');
