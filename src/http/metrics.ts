import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

import type { Decision } from '../model/decision.ts';
import { fleetMetrics } from './fleet/metrics.ts';
import type { FleetEvent } from './fleet/metrics.ts';
import { counter, histogram } from './series.ts';
import type { Budget, Turnstile } from './turnstile.ts';

/** One group commit of the ledger. */
export interface LedgerCommit {
  readonly records: number;
  readonly seconds: number;
  readonly waiting: number;
}

/** What became of one export of the ledger. */
export type LedgerExport =
  | { readonly result: 'done'; readonly records: number; readonly time: Date }
  | { readonly result: 'failed' }
  | { readonly result: 'missed'; readonly times: number };

/** What the gate counts. No label holds text from a request: a caller must not be able to make new series. */
export interface Metrics {
  readonly request: (seen: {
    route: string;
    method: string;
    status: number;
    seconds: number;
  }) => void;
  readonly decision: (decision: Decision) => void;
  readonly refused: (code: string) => void;
  readonly ledgerCommit: (commit: LedgerCommit) => void;
  readonly ledgerExport: (outcome: LedgerExport) => void;
  readonly fleetEvent: (event: FleetEvent) => void;
  readonly watch: (turnstile: Turnstile, bodies: Budget) => void;
  /** Prometheus text format. */
  readonly render: () => Promise<string>;
  readonly contentType: string;
}

export interface BuildInfo {
  readonly version: string;
  readonly node: string;
}

/** Metrics in a registry of their own. */
export function createMetrics(build: BuildInfo): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'portcullis_build_info',
    help: 'Always 1.',
    labelNames: ['version', 'node'],
    registers: [registry],
  }).set({ ...build }, 1);
  return {
    ...requestMetrics(registry),
    ...decisionMetrics(registry),
    ...ledgerMetrics(registry),
    ledgerExport: exportMetrics(registry),
    fleetEvent: fleetMetrics(registry),
    watch: (turnstile, bodies) => watch(registry, turnstile, bodies),
    contentType: registry.contentType,
    render: async () => await registry.metrics(),
  };
}

function requestMetrics(registry: Registry): Pick<Metrics, 'request' | 'refused'> {
  const requests = counter(registry, 'http_requests_total', 'Requests answered.', [
    'route',
    'method',
    'status',
  ]);
  const seconds = histogram(
    registry,
    'http_request_seconds',
    'From the head of a request to the end of its answer.',
    ['route'],
  );
  const refusals = counter(registry, 'refusals_total', 'Requests answered with a problem.', [
    'code',
  ]);
  return {
    request: (seen) => {
      requests.inc({ route: seen.route, method: seen.method, status: seen.status });
      seconds.observe({ route: seen.route }, seen.seconds);
    },
    refused: (code) => refusals.inc({ code }),
  };
}

function decisionMetrics(registry: Registry): Pick<Metrics, 'decision'> {
  const decisions = counter(registry, 'decisions_total', 'Decisions made and recorded.', [
    'decision',
    'point',
    'source',
  ]);
  const verdicts = counter(registry, 'verdicts_total', 'Verdicts in those decisions.', ['verdict']);
  const evaluation = histogram(registry, 'evaluation_seconds', 'The policies of one decision.', [
    'point',
  ]);
  const failures = counter(
    registry,
    'engine_failures_total',
    'Policies that could not be evaluated.',
    ['code'],
  );
  return {
    decision: ({ decision, point, document, timings, summary, failed }) => {
      decisions.inc({ decision, point, source: document.source });
      evaluation.observe({ point }, timings.evaluateMs / 1000);
      for (const [verdict, count] of Object.entries(summary)) verdicts.inc({ verdict }, count);
      for (const { code } of failed) failures.inc({ code });
    },
  };
}

function ledgerMetrics(registry: Registry): Pick<Metrics, 'ledgerCommit'> {
  const seconds = histogram(registry, 'ledger_commit_seconds', 'One durable group commit.', []);
  const records = counter(registry, 'ledger_records_total', 'Records handed to a commit.', []);
  const waiting = new Gauge({
    name: 'portcullis_ledger_waiting',
    help: 'Records that waited when the last commit ended.',
    registers: [registry],
  });
  return {
    ledgerCommit: (commit) => {
      seconds.observe(commit.seconds);
      records.inc(commit.records);
      waiting.set(commit.waiting);
    },
  };
}

function exportMetrics(registry: Registry): Metrics['ledgerExport'] {
  const exports = counter(
    registry,
    'ledger_exports_total',
    'Exports of the ledger whose turn came.',
    ['result'],
  );
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `portcullis_ledger_${name}`, help, registers: [registry] });
  const records = gauge('exported_records', 'Records in the newest export.');
  const time = gauge('exported_timestamp_seconds', 'When the newest export was done, since 1970.');
  return (outcome) => {
    exports.inc({ result: outcome.result }, outcome.result === 'missed' ? outcome.times : 1);
    if (outcome.result !== 'done') return;
    records.set(outcome.records);
    time.set(outcome.time.getTime() / 1000);
  };
}

function watch(registry: Registry, turnstile: Turnstile, bodies: Budget): void {
  const read: readonly [name: string, help: string, now: () => number][] = [
    ['decisions_running', 'Decisions in the making.', turnstile.running],
    ['decisions_waiting', 'Requests that wait for their turn.', turnstile.waiting],
    ['body_bytes', 'Bytes of request bodies held now.', bodies.used],
  ];
  for (const [name, help, now] of read) {
    new Gauge({
      name: `portcullis_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(now());
      },
    });
  }
}
