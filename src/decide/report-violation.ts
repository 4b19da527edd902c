import type { Rule } from '../bindings/rule.ts';
import { overlaps, splitPath, valueAt } from '../kit/paths.ts';
import type { ReportedViolation } from '../model/decision.ts';
import type { Resource } from '../model/resource.ts';
import type { Verdict } from '../model/verdict.ts';
import { SENSITIVE, redact } from './redact.ts';

/** A verdict's violations as the answer shows them: with rule, severity, what to do, and no sensitive value. */
export function reportViolations(
  verdict: Verdict,
  rule: Rule | undefined,
  resource: Resource | undefined,
): ReportedViolation[] {
  if (verdict.verdict !== 'violation' && verdict.verdict !== 'exempt') return [];
  return verdict.violations.map((violation) => {
    const clean = resource === undefined ? violation : redact(violation, resource);
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
      actual: clean.actual ?? actualValue(clean.path, resource),
      fix: clean.fix ?? rule?.policy.remedy ?? '',
      link: rule?.link ?? '',
      ...(resource?.location === undefined ? {} : { location: resource.location }),
      ...(verdict.verdict === 'exempt' ? { exemption: verdict.exemption } : {}),
    };
  });
}

/** A policy may name a path without its value; a plain value that stands there is shown, unless it is marked. */
function actualValue(path: string, resource: Resource | undefined): unknown {
  if (resource === undefined || path === '') return null;
  if (resource.sensitive.some((marked) => overlaps(marked, path))) return SENSITIVE;
  const value = valueAt(resource, splitPath(path));
  return typeof value === 'object' ? null : (value ?? null);
}
