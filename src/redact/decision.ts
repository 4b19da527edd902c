import type {
  Decision,
  ReportedFailure,
  ReportedUnknown,
  ReportedViolation,
} from '../model/decision.ts';
import type { Verdict } from '../model/verdict.ts';
import { SENSITIVE } from './marker.ts';
import { hides } from './redactor.ts';
import type { Redactor } from './redactor.ts';

/**
 * A decision as it is answered and recorded: no text that document or caller brought holds a secret. What violations say is
 * clean already (see reportViolations); this is about what things are called, and who asks. Words of the gate itself (ids,
 * digests, severities) stay as they are, so that a secret called `deny` cannot change an answer.
 */
export function redactDecision(decision: Decision, { text }: Redactor): Decision {
  const violation = violationWith(text);
  const { document, coverage, context, override } = decision;
  return {
    ...decision,
    document: {
      ...document,
      ...(document.name === undefined ? {} : { name: text(document.name) }),
      notes: document.notes.map(({ code, message }) => ({ code, message: text(message) })),
    },
    violations: decision.violations.map(violation),
    warnings: decision.warnings.map(violation),
    recorded: decision.recorded.map(violation),
    exempt: decision.exempt.map(violation),
    unknown: decision.unknown.map((one) => redactUnknown(one, text)),
    failed: decision.failed.map((one) => redactFailure(one, text)),
    coverage: { ...coverage, unjudged: coverage.unjudged.map((one) => named(one, text)) },
    ...(override === undefined
      ? {}
      : { override: { by: text(override.by), reason: text(override.reason) } }),
    context: {
      ...context,
      ...(context.actor === undefined ? {} : { actor: text(context.actor) }),
      ...(context.run === undefined ? {} : { run: words(context.run, text) }),
      ...(context.labels === undefined ? {} : { labels: words(context.labels, text) }),
    },
  };
}

/** Addresses of what a decision says more of than that it is fine. */
export function spokenOf(verdicts: readonly Verdict[]): ReadonlySet<string> {
  const said = verdicts.filter(
    ({ verdict }) => verdict !== 'compliant' && verdict !== 'not-applicable',
  );
  return new Set(said.map(({ address }) => address));
}

type Text = Redactor['text'];

function violationWith(text: Text) {
  return (violation: ReportedViolation): ReportedViolation => ({
    ...named(violation, text),
    path: text(violation.path),
    ...(violation.location === undefined
      ? {}
      : { location: { ...violation.location, file: text(violation.location.file) } }),
  });
}

function redactUnknown(unknown: ReportedUnknown, text: Text): ReportedUnknown {
  return { ...named(unknown, text), paths: unknown.paths.map(text) };
}

function redactFailure(failure: ReportedFailure, text: Text): ReportedFailure {
  return { ...named(failure, text), reason: text(failure.reason) };
}

/** Kinds of strangers are the document's own words. */
function named<T extends { readonly address: string; readonly kind: string }>(
  one: T,
  text: Text,
): T {
  return { ...one, address: text(one.address), kind: text(one.kind) };
}

/** Callers write here what they like, under names that may say secret. */
function words(given: Readonly<Record<string, string>>, text: Text): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => [
      text(key),
      hides(key, value) ? SENSITIVE : text(value),
    ]),
  );
}
