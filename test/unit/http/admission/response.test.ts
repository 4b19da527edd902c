import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  toAdmissionFailure,
  toAdmissionResponse,
} from '../../../../src/http/admission/response.ts';
import { cut, printable } from '../../../../src/http/admission/text.ts';
import { timeBudget } from '../../../../src/http/admission/timeout.ts';
import type { Decision } from '../../../../src/model/decision.ts';
import { decisionOf, violationOf } from './decisions.ts';

const REVIEW = {
  apiVersion: 'admission.k8s.io/v1',
  uid: 'e9ce9a84-6cae-4248-9d58-55b7ecdf4953',
  dryRun: false,
  actor: 'ana@example.com',
  operation: 'CREATE',
};

const respond = (overrides: Partial<Decision>) =>
  toAdmissionResponse(REVIEW, decisionOf(overrides)).response;

describe('the answer to an API server', () => {
  it('is an allowed review with the uid of the question, and no patch', () => {
    expect(toAdmissionResponse(REVIEW, decisionOf())).toEqual({
      apiVersion: 'admission.k8s.io/v1',
      kind: 'AdmissionReview',
      response: {
        uid: REVIEW.uid,
        allowed: true,
        auditAnnotations: {
          decision: 'allow',
          'decision-id': '01KAPVQ4Z8M3T5B7N9C1D2E3F4',
          'document-digest': `sha256:${'0'.repeat(64)}`,
          'policies-digest': `sha256:${'0'.repeat(64)}`,
          'rules-digest': `sha256:${'0'.repeat(64)}`,
          coverage: '1 of 1 judged',
        },
      },
    });
  });

  it('says of a denial which rule, what, where and how to mend it', () => {
    const response = respond({
      decision: 'deny',
      reason: 'Denied: 1 violation.',
      violations: [violationOf()],
    });
    expect(response.allowed).toBe(false);
    expect(response.status).toEqual({
      status: 'Failure',
      code: 403,
      reason: 'Forbidden',
      message: [
        'Denied: 1 violation.',
        '- [kubernetes.privileged, PC-K8S-001] Container web is privileged. (shop/Pod/web config.spec.containers[0].securityContext.privileged) Fix: Leave privileged out.',
        'Decision 01KAPVQ4Z8M3T5B7N9C1D2E3F4',
      ].join('\n'),
    });
    expect(response.auditAnnotations).toMatchObject({ 'denied-by': 'kubernetes.privileged' });
  });

  it('names what denies besides violations: the unknown and the failed', () => {
    const subject = {
      policy: 'PC-TAG-001',
      severity: 'high',
      address: 'shop/Pod/web',
      kind: 'kubernetes.pod',
    } as const;
    const { status } = respond({
      decision: 'deny',
      unknown: [
        {
          ...subject,
          rule: 'tagging.owner',
          enforcement: 'deny',
          title: 'Owner',
          paths: ['tags.owner'],
        },
        {
          ...subject,
          rule: 'tagging.team',
          enforcement: 'record',
          title: 'Team',
          paths: ['tags.team'],
        },
      ],
      failed: [{ ...subject, rule: 'images.registry', code: 'ENGINE_TIMEOUT', reason: 'slow' }],
    });
    expect(status?.message).toContain('[tagging.owner] hangs on what is not known yet: tags.owner');
    expect(status?.message).toContain('[images.registry] could not be evaluated (ENGINE_TIMEOUT)');
    expect(status?.message).not.toContain('tagging.team');
  });

  it('counts the denials that it does not list', () => {
    const violations = Array.from({ length: 25 }, () => violationOf());
    const message = respond({ decision: 'deny', violations }).status?.message;
    expect(message?.match(/^- \[/gm)).toHaveLength(20);
    expect(message).toContain('- and 5 more');
  });

  it('warns, allowed or not', () => {
    const warnings = [
      violationOf({ enforcement: 'warn', rule: 'probes.live', message: 'No probe.' }),
    ];
    expect(respond({ warnings }).warnings).toEqual(['[probes.live] No probe.']);
    expect(respond({ warnings, decision: 'deny' }).warnings).toHaveLength(1);
    expect(respond({}).warnings).toBeUndefined();
  });

  it('keeps warnings within what an API server shows, and counts the rest', () => {
    const warnings = Array.from({ length: 30 }, () => violationOf({ message: 'x'.repeat(400) }));
    const shown = respond({ warnings }).warnings ?? [];
    for (const warning of shown) expect(warning.length).toBeLessThanOrEqual(256);
    expect(shown.join('').length).toBeLessThan(4096);
    expect(shown.at(-1)).toBe(
      `and ${30 - (shown.length - 1)} more warnings: see decision 01KAPVQ4Z8M3T5B7N9C1D2E3F4`,
    );
  });

  it('lets nothing through that moves a terminal or ends a header', () => {
    const message = 'a\r\nSet-Cookie: x\u001b[2J\u202eb';
    const { status, warnings } = respond({
      decision: 'deny',
      violations: [violationOf({ message })],
      warnings: [violationOf({ message })],
    });
    expect(warnings).toEqual(['[kubernetes.privileged] a Set-Cookie: x [2J b']);
    expect(status?.message.split('\n')).toHaveLength(3);
    for (const mark of ['\u001b', '\r', '\u202e']) expect(status?.message).not.toContain(mark);
  });

  it('has audit keys that an API server takes', () => {
    const { auditAnnotations = {} } = respond({ decision: 'deny', violations: [violationOf()] });
    for (const key of Object.keys(auditAnnotations))
      expect(key).toMatch(/^[a-z][a-z-]{0,61}[a-z]$/);
  });

  it.each([
    [400, 'BadRequest'],
    [422, 'BadRequest'],
    [413, 'RequestEntityTooLarge'],
    [503, 'ServiceUnavailable'],
    [500, 'InternalError'],
    [418, 'InternalError'],
  ])('denies with status %i (%s) when the gate could not judge', (code, reason) => {
    const { response } = toAdmissionFailure(REVIEW, {
      type: '/docs#X',
      title: 'X',
      status: code,
      code: 'X_BROKE',
      detail: 'It broke.',
      help: 'Mend it.',
      instance: 'r-1',
    });
    expect(response).toMatchObject({
      uid: REVIEW.uid,
      allowed: false,
      status: {
        code,
        reason,
        message: 'The gate could not judge this request: It broke. Mend it. (X_BROKE)',
      },
    });
  });
});

describe('text from strangers', () => {
  it('is one well-formed line of bounded length, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 40 }), (text, most) => {
        const shown = cut(printable(text), most);
        expect(shown.length).toBeLessThanOrEqual(most);
        expect(shown.isWellFormed()).toBe(true);
        expect(shown).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe('the time that an API server gives', () => {
  it.each([
    ['5s', 4_000, 4_500],
    ['30s', 29_000, 29_500],
    ['1s', 500, 750],
    ['1500ms', 750, 1_125],
    ['1m30s', 29_000, 29_500],
    ['', 9_000, 9_500],
    ['soon', 9_000, 9_500],
    ['0s', 9_000, 9_500],
    ['-5s', 9_000, 9_500],
  ])('%j leaves %i ms for the policies, and %i for the answer', (timeout, deadlineMs, answerMs) => {
    expect(timeBudget(timeout)).toEqual({ deadlineMs, answerMs });
  });

  it('is the default when nothing is said', () => {
    expect(timeBudget(null)).toEqual(timeBudget('10s'));
  });
});
