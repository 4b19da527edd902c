import { afterEach, describe, expect, it, vi } from 'vitest';

import type { DecisionRequest, Gateway } from '../../../../src/gateway.ts';
import { answerAdmission } from '../../../../src/http/admission/handler.ts';
import { LedgerError } from '../../../../src/ledger/errors.ts';
import { SourceError } from '../../../../src/sources/errors.ts';
import { reviewOf } from '../../sources/kubernetes-admission/reviews.ts';
import { decisionOf } from './decisions.ts';

const UID = '0d7c6a52-5a5e-4a55-8a3c-1f5b1f0f7f10';

afterEach(() => vi.useRealTimers());

describe('a request of a validating webhook', () => {
  it('is put to the gateway at the point of admission, with who asks and how long there is', async () => {
    const asked: DecisionRequest[] = [];
    const answer = await ask(reviewOf({ dryRun: true }), (request) => {
      asked.push(request);
      return Promise.resolve(decisionOf({ dryRun: true }));
    });
    expect(asked).toEqual([
      {
        bytes: bytesOf(reviewOf({ dryRun: true })),
        source: 'kubernetes-admission',
        point: 'admission',
        context: {
          actor: 'ana@example.com',
          run: { 'admission.uid': UID, operation: 'CREATE' },
          labels: { cluster: 'west' },
        },
        dryRun: true,
        deadlineMs: 4_000,
      },
    ]);
    expect(answer.review.response).toMatchObject({ uid: UID, allowed: true });
    expect(answer.decision?.dryRun).toBe(true);
  });

  it.each([
    ['a document that cannot be judged', new SourceError('SOURCE_MALFORMED', 'no kind'), 400],
    [
      'a record that cannot be written',
      new LedgerError('LEDGER_UNAVAILABLE', 'disk full at /x'),
      503,
    ],
    ['something nobody foresaw', new Error('secret detail'), 500],
  ])('is denied for %s', async (_, error, code) => {
    const answer = await ask(reviewOf(), () => Promise.reject(error));
    expect(answer.review.response).toMatchObject({ uid: UID, allowed: false, status: { code } });
    expect(JSON.stringify(answer.review)).not.toMatch(/secret detail|disk full/);
    expect(answer.error).toBe(error);
  });

  it('is denied when no decision comes in time, so that failurePolicy has no say', async () => {
    vi.useFakeTimers();
    const pending = ask(reviewOf(), () => new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(4_500);
    const { review } = await pending;
    expect(review.response).toMatchObject({ allowed: false, status: { code: 503 } });
    expect(review.response.status?.message).toContain('no decision within 4500 ms');
  });

  it('of an older version is answered in that version, and denied', async () => {
    const review = { ...reviewOf(), apiVersion: 'admission.k8s.io/v1beta1' };
    const answer = await ask(review, () =>
      Promise.reject(new SourceError('SOURCE_UNSUPPORTED', 'v1beta1 is not understood')),
    );
    expect(answer.review).toMatchObject({
      apiVersion: 'admission.k8s.io/v1beta1',
      response: { allowed: false, status: { code: 422 } },
    });
  });

  it.each([
    ['text', '{"uid":'],
    ['another document', '{"format_version":"1.2"}'],
    ['a review without a uid', JSON.stringify(reviewOf({ uid: undefined }))],
  ])('that is %s has no uid to answer to', async (_, text) => {
    const decide = (): never => expect.fail('the gateway was asked');
    await expect(
      answerAdmission({ ...HEAD, body: Buffer.from(text) }, decide),
    ).rejects.toMatchObject({ code: 'REQUEST_INVALID', status: 400 });
  });
});

const HEAD = { query: new URLSearchParams('timeout=5s'), requestId: 'r-1', cluster: 'west' };

function ask(review: unknown, decide: Gateway['decide']): ReturnType<typeof answerAdmission> {
  return answerAdmission({ ...HEAD, body: bytesOf(review) }, decide);
}

function bytesOf(review: unknown): Buffer {
  return Buffer.from(JSON.stringify(review));
}
