import { GoogleRefusal } from './answer.ts';

const MINUTE = 60_000;

/** Calls in the last minute, by permission; too many are refused until there is room again. */
export function createQuota(clock: () => Date): (permission: string, perMinute: number) => void {
  const taken = new Map<string, number[]>();
  return (permission, perMinute) => {
    const now = clock().getTime();
    const recent = (taken.get(permission) ?? []).filter((at) => now - at < MINUTE);
    taken.set(permission, recent);
    if (recent.length >= perMinute)
      throw new GoogleRefusal(
        429,
        'RESOURCE_EXHAUSTED',
        `Quota exceeded: ${perMinute} requests a minute.`,
      );
    recent.push(now);
  };
}
