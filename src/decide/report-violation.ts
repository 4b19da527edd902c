import type { Rule } from '../bindings/rule.ts';
import { splitPath, valueAt } from '../kit/paths.ts';
import type { ReportedViolation } from '../model/decision.ts';
import type { Resource } from '../model/resource.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Redactor } from '../redact/redactor.ts';
import { hiddenAt, redactViolation } from '../redact/violation.ts';

/** What a violation is reported with besides its verdict. */
export interface Reporting {
  readonly rule: Rule | undefined;
  readonly resource: Resource | undefined;
  /** Knows the sensitive values of the resource, and of what else the policy may have seen. */
  readonly redactor: Redactor;
}

/** A verdict's violations as the answer shows them: with rule, severity, what to do, and no sensitive value. */
export function reportViolations(
  verdict: Verdict,
  { rule, resource, redactor }: Reporting,
): ReportedViolation[] {
  if (verdict.verdict !== 'violation' && verdict.verdict !== 'exempt') return [];
  return verdict.violations.map((violation) => {
    const clean = redactViolation(violation, resource, redactor);
    return {
      rule: verdict.rule,
      policy: verdict.policy,
      severity: verdict.severity,
      enforcement: verdict.enforcement,
      address: verdict.address,
      kind: verdict.kind,
      path: clean.path,
      message: clean.message,
      expected: clean.expected ?? null,
      actual: clean.actual ?? actualValue(clean.path, resource, redactor),
      fix: clean.fix ?? rule?.policy.remedy ?? '',
      link: rule?.link ?? '',
      ...(resource?.location === undefined ? {} : { location: resource.location }),
      ...(verdict.verdict === 'exempt'
        ? { exemption: verdict.exemption, exemptedBy: verdict.exemptedBy }
        : {}),
    };
  });
}

/** A policy may name a path without its value; a plain value that stands there is shown, unless it is sensitive. */
function actualValue(path: string, resource: Resource | undefined, { json }: Redactor): unknown {
  if (resource === undefined || path === '') return null;
  const value = valueAt(resource, splitPath(path));
  return (
    hiddenAt(path, value, resource) ?? (typeof value === 'object' ? null : json(value ?? null))
  );
}
