import { Counter, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

/** From an AdmissionReview (a millisecond) to a plan of ten thousand resources on a busy machine (minutes). */
const SECONDS = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300,
];

/** A counter of the gate's. */
export function counter<L extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: L[],
): Counter<L> {
  return new Counter({ name: `portcullis_${name}`, help, labelNames, registers: [registry] });
}

/** A histogram over seconds. */
export function histogram<L extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: L[],
): Histogram<L> {
  return new Histogram({
    name: `portcullis_${name}`,
    help,
    labelNames,
    buckets: SECONDS,
    registers: [registry],
  });
}
