// What the kernel says of a process: Linux alone tells it in /proc.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { clearInterval, setInterval } from 'node:timers';

const TICK_MS = 10;

/** Milliseconds of CPU that all threads of a process took so far, in user mode and in the kernel. */
export function cpuMs(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program stands in brackets and may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** The most memory that a process held so far, in MiB. */
export function peakMiB(pid) {
  return kib(pid, 'VmHWM') / 1024;
}

function kib(pid, name) {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(
    new RegExp(`^${name}:\\s+(\\d+)`, 'm'),
  );
  return Number(line?.[1] ?? 0);
}

/** Average number of processes that wanted to run in the last minute. */
export function load() {
  return Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
}

/**
 * Runs a program to its end.
 *
 * @returns wall time, CPU and peak memory. The last two are read every few milliseconds: what it took after the last look is missed.
 */
export function measure([program, ...parameters], { env, cwd, expected }) {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const child = spawn(program, parameters, { env, cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    const seen = { cpuMs: 0, peakMiB: 0 };
    const timer = setInterval(() => look(child.pid, seen), 4);
    let complaint = '';
    child.stderr.on('data', (chunk) => (complaint = (complaint + chunk).slice(-2000)));
    child.once('error', reject);
    child.once('exit', (code) => {
      clearInterval(timer);
      const wallMs = performance.now() - begin;
      if (expected.includes(code)) resolve({ wallMs, ...seen });
      else reject(new Error(`${program} ended with ${code}: ${complaint}`));
    });
  });
}

function look(pid, seen) {
  try {
    const [cpu, peak] = [cpuMs(pid), peakMiB(pid)];
    seen.cpuMs = Math.max(seen.cpuMs, cpu);
    seen.peakMiB = Math.max(seen.peakMiB, peak);
  } catch {
    // It has just ended.
  }
}
