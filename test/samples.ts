import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../shared/samples', import.meta.url));

/** The folder of real documents beside the repository; absent on machines that have the repository alone. */
export const SAMPLES: string | undefined = existsSync(FOLDER) ? FOLDER : undefined;

if (SAMPLES === undefined) {
  console.warn(
    'The folder of real documents is not beside this repository: tests over it are skipped.',
  );
}

/** The path of a sample, `terraform-plan/own__create.plan.json`. */
export function samplePath(name: string): string {
  return `${SAMPLES ?? FOLDER}/${name}`;
}

export function readSample(name: string): Buffer {
  return readFileSync(samplePath(name));
}
