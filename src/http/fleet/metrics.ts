import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import { z } from 'zod';

import { counter } from '../series.ts';

/** What was recorded of the fleet, as far as it is counted. */
export interface FleetEvent {
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const Finished = z.object({
  name: z.string(),
  state: z.string(),
  coverage: z.object({ percent: z.number(), resources: z.object({ judged: z.number() }) }),
  findings: z.object({ opened: z.number(), resolved: z.number(), reopened: z.number() }),
});
const Fire = z.object({ sweep: z.string(), outcome: z.string() });
const Repaired = z.object({ tally: z.record(z.string(), z.number()), dryRun: z.boolean() });

/** Counts what the ledger was told of sweeps and repairs. Labels are names of the configuration and our own words. */
export function fleetMetrics(registry: Registry): (event: FleetEvent) => void {
  const sweeps = counter(registry, 'sweeps_total', 'Sweeps that came to an end.', [
    'sweep',
    'state',
  ]);
  const coverage = new Gauge({
    name: 'portcullis_sweep_coverage_percent',
    help: 'How much of the accounts the last sweep could read.',
    labelNames: ['sweep'],
    registers: [registry],
  });
  const judged = counter(registry, 'swept_resources_total', 'Resources that sweeps judged.', []);
  const findings = counter(registry, 'findings_total', 'What sweeps did to findings.', ['change']);
  const fires = counter(
    registry,
    'sweep_fires_total',
    'Fires of schedules: ran, caught-up, missed, skipped-overlap.',
    ['sweep', 'outcome'],
  );
  const repaired = counter(registry, 'repaired_resources_total', 'What repairs came to.', [
    'state',
  ]);
  return ({ type, body }) => {
    const finished = type === 'sweep.finished' ? Finished.safeParse(body).data : undefined;
    if (finished !== undefined) {
      sweeps.inc({ sweep: finished.name, state: finished.state });
      coverage.set({ sweep: finished.name }, finished.coverage.percent);
      judged.inc(finished.coverage.resources.judged);
      for (const [change, of] of Object.entries(finished.findings)) findings.inc({ change }, of);
    }
    const fire = type === 'sweep.fire' ? Fire.safeParse(body).data : undefined;
    if (fire !== undefined) fires.inc(fire);
    const done = type === 'repair.finished' ? Repaired.safeParse(body).data : undefined;
    if (done === undefined || done.dryRun) return;
    for (const [state, of] of Object.entries(done.tally)) repaired.inc({ state }, of);
  };
}
