import type { FindingView } from '../../fleet/views.ts';
import { counted } from '../../report/counted.ts';
import { printable } from '../../report/printable.ts';

/** One finding, for whoever has to do something about it. */
export function findingText(finding: FindingView): string {
  const facts: [string, string | undefined][] = [
    ['rule', `${finding.rule} (${finding.policy}), ${finding.severity}, ${finding.enforcement}`],
    ['where', finding.path],
    ['is', shown(finding.actual)],
    ['expected', shown(finding.expected)],
    ['fix', finding.fix],
    ['more', finding.link],
    [
      'in',
      Object.entries(finding.scope)
        .map(([key, value]) => `${key} ${value}`)
        .join(', '),
    ],
    ['tags', tagsText(finding.tags)],
    ['created', createdText(finding)],
    ['managed by', managedText(finding)],
    ['first seen', finding.firstSeen],
    ['last seen', `${finding.lastSeen}, as of ${finding.capturedAt}`],
    ['reopened', finding.reopened === 0 ? undefined : counted(finding.reopened, 'time')],
    ['resolved', resolvedText(finding)],
    ['unsure', finding.unsureSince && `nobody can tell since ${finding.unsureSince}`],
    ['exempt', exemptText(finding)],
    ['gate', gateText(finding)],
    ['id', finding.id],
  ];
  const lines = facts
    .filter(([, text]) => text !== undefined && text !== '')
    .map(([name, text]) => `  ${name.padEnd(11)} ${printable(text ?? '')}`);
  return `${finding.state.toUpperCase()}  ${printable(finding.address)}  ${printable(finding.kind)}\n  ${printable(finding.message)}\n${lines.join('\n')}\n`;
}

function shown(value: unknown): string | undefined {
  return value === null || value === undefined ? undefined : JSON.stringify(value);
}

function tagsText(tags: FindingView['tags']): string {
  if (tags.state === 'unknown') return `unknown: ${tags.reason}`;
  const known = Object.entries(tags.values).map(([key, value]) => `${key}=${value}`);
  return known.length === 0 ? 'none' : known.join(', ');
}

function createdText({ createdAt, createdBy, creatorUnknown }: FindingView): string {
  const role = createdBy?.role === undefined ? '' : ` in the role ${createdBy.role}`;
  const event = createdBy?.event === undefined ? '' : ` (${createdBy.event})`;
  const by = createdBy && `by ${createdBy.name}${role}${event}`;
  const unknown = creatorUnknown && `by whom is not known: ${creatorUnknown.reason}`;
  return [createdAt, by ?? unknown].filter(Boolean).join(' ');
}

function managedText({ managedBy }: FindingView): string | undefined {
  return managedBy && `${managedBy.tool} ${managedBy.name}`.trim();
}

function resolvedText({ resolvedAt, resolved }: FindingView): string | undefined {
  return resolvedAt === undefined ? undefined : `${resolvedAt}, ${resolved ?? ''}`;
}

function exemptText({ exemption }: FindingView): string | undefined {
  if (exemption === undefined) return undefined;
  const { id, until, owner, reason, ticket } = exemption;
  return `${id}, until ${until}, ${owner} mends it${ticket === undefined ? '' : `, ${ticket}`}: ${reason}`;
}

function gateText({ gate }: FindingView): string | undefined {
  if (gate === undefined) return undefined;
  const said = gate.verdict === 'allow' ? 'allowed' : 'denied';
  return `${said} at the gate on ${gate.time} as ${gate.address} (decision ${gate.decision}), changed since`;
}
