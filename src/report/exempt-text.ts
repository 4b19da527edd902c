import type { ReportedViolation } from '../model/decision.ts';

/** Who bears a violation, until when and why: in one line. Not yet made harmless for any reader. */
export function exemptText({ exemption = '', exemptedBy }: ReportedViolation): string {
  if (exemptedBy === undefined) return exemption;
  const { id, until, owner, reason, ticket } = exemptedBy;
  const under = ticket === undefined ? '' : `, ${ticket}`;
  return `by ${id} until ${until}, ${owner} mends it${under}: ${reason}`;
}
