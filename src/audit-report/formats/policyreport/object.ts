import { inertLine } from '../../inert/text.ts';
import type { AuditReport, Item } from '../../report.ts';

const MOST_LETTERS = 400;
const WORDS = ['pass', 'fail', 'warn', 'error', 'skip'] as const;
type Word = (typeof WORDS)[number];

/** One ClusterPolicyReport with these results. */
export function reportObject(report: AuditReport, items: readonly Item[], part: number) {
  const results = items.map(resultOf);
  const summary = Object.fromEntries(
    WORDS.map((word) => [word, results.filter(({ result }) => result === word).length]),
  );
  return {
    apiVersion: 'wgpolicyk8s.io/v1alpha2',
    kind: 'ClusterPolicyReport',
    metadata: {
      name: `portcullis-${report.kind}-${part + 1}`,
      labels: { 'app.kubernetes.io/managed-by': 'portcullis' },
      annotations: {
        'portcullis.dev/made-at': report.madeAt,
        'portcullis.dev/summary': said(report.summary),
        'portcullis.dev/notes': said(report.notes.join(' ')),
      },
    },
    summary,
    results,
  };
}

function resultOf(item: Item) {
  const { policy, rule, severity, message, fix, title, time, reference, path, exemption } = item;
  return {
    source: 'portcullis',
    policy: said(policy),
    rule: said(rule),
    category: said(title),
    severity,
    result: wordOf(item),
    scored: item.verdict === 'violation',
    message: said([message, fix].filter((part) => part !== '').join(' ')),
    timestamp: stamp(time),
    resources: [resourceOf(item)],
    properties: {
      address: said(item.address),
      path: said(path),
      reference: said(reference),
      ...(exemption === undefined ? {} : { exemption: said(exemption) }),
      ...(item.controls.length === 0 ? {} : { controls: said(controlsOf(item)) }),
    },
  };
}

function controlsOf({ controls }: Item): string {
  return controls.map(({ framework, control }) => `${framework} ${control}`).join(', ');
}

/** An unknown is an error of the report, never a pass: nobody could tell. */
function wordOf({ verdict, enforcement }: Item): Word {
  if (verdict === 'exempt') return 'skip';
  if (verdict === 'unknown') return 'error';
  return enforcement === 'deny' ? 'fail' : 'warn';
}

function stamp(time: string): { seconds: number; nanos: number } {
  const milliseconds = Date.parse(time);
  return { seconds: Number.isFinite(milliseconds) ? Math.floor(milliseconds / 1000) : 0, nanos: 0 };
}

/** An object of a cluster by its own words (`west/default/Deployment/web`), anything else by its kind and its whole name. */
function resourceOf({ kind, address, scope }: Item) {
  const { cluster, namespace } = scope;
  const parts = address.split('/');
  const own = cluster !== undefined && parts.length >= 3;
  return {
    kind: said(own ? (parts.at(-2) ?? kind) : kind),
    name: said(own ? (parts.at(-1) ?? address) : address),
    ...(own && namespace !== undefined && namespace !== '' ? { namespace: said(namespace) } : {}),
  };
}

function said(text: string): string {
  const line = inertLine(text);
  return line.length > MOST_LETTERS ? `${line.slice(0, MOST_LETTERS - 1).toWellFormed()}…` : line;
}
