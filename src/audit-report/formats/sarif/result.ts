import type { Result } from 'sarif';

import { fingerprint } from '../../../report/fingerprint.ts';
import { inertJson, inertLine } from '../../inert/text.ts';
import type { Item } from '../../report.ts';

const LEVELS = { deny: 'error', warn: 'warning', record: 'note' } as const;
const MOST_LETTERS = 1000;

/** One result as JSON on one line. */
export function resultText(item: Item): string {
  return inertJson(resultOf(item));
}

function resultOf(item: Item): Result {
  const { policy, rule, address, kind, path, time, reference } = item;
  return {
    ruleId: said(policy),
    ...(item.verdict === 'unknown'
      ? { kind: 'review', level: 'none' }
      : { level: LEVELS[item.enforcement] }),
    message: { text: message(item) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: addressUri(address) },
          region: { startLine: 1 },
        },
        logicalLocations: [{ fullyQualifiedName: said(address), kind: 'resource' }],
      },
    ],
    partialFingerprints: { 'policyAddressPath/v1': fingerprint(item) },
    ...(item.verdict === 'exempt'
      ? {
          suppressions: [
            {
              kind: 'external',
              status: 'accepted',
              justification: said(item.exemption ?? 'exempt'),
            },
          ],
        }
      : {}),
    properties: { rule, address, kind, path, seen: time, reference, ...scopeOf(item) },
  };
}

function scopeOf({ scope }: Item): { scope: Record<string, string> } {
  return {
    scope: Object.fromEntries(
      Object.entries(scope).map(([key, value]) => [said(key), said(value)]),
    ),
  };
}

function message({ address, message: what, fix }: Item): string {
  return said([`${address}: ${what}`, fix].filter((part) => part !== '').join(' '));
}

/** Text on one line; `[words](target)` in a message would be a link (SARIF 2.1.0, 3.11.6). */
export function said(text: string): string {
  const line = inertLine(text).replace(/\](?=\()/g, '] ');
  return line.length > MOST_LETTERS ? `${line.slice(0, MOST_LETTERS - 1).toWellFormed()}…` : line;
}

/** A resource as a relative reference that cannot name a host, nor climb out of anything. */
function addressUri(address: string): string {
  const parts = address
    .toWellFormed()
    .split(/[\\/]/)
    .filter((part) => part !== '');
  const encoded = parts.map((part) => encodeURIComponent(part).replace(/^\.+$/, encodeDots));
  return encoded.length === 0 ? 'resource' : encoded.join('/');
}

function encodeDots(dots: string): string {
  return '%2E'.repeat(dots.length);
}
