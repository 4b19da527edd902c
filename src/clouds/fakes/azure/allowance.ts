/** So many calls at once, so many a second after that; the fake refuses what is beyond. */
export function createAllowance(
  { burst, perSecond }: { readonly burst: number; readonly perSecond: number },
  clock: () => Date,
): () => boolean {
  let left = burst;
  let at = clock().getTime();
  return () => {
    const now = clock().getTime();
    left = Math.min(burst, left + (Math.max(0, now - at) / 1000) * perSecond);
    at = now;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}

/** So many calls in each window of time, as Resource Graph counts. */
export function createWindow(
  { calls, milliseconds }: { readonly calls: number; readonly milliseconds: number },
  clock: () => Date,
): () => { readonly allowed: boolean; readonly left: number; readonly resetsInSeconds: number } {
  let began = clock().getTime();
  let used = 0;
  return () => {
    const now = clock().getTime();
    if (now - began >= milliseconds) {
      began = now;
      used = 0;
    }
    used += 1;
    return {
      allowed: used <= calls,
      left: Math.max(0, calls - used),
      resetsInSeconds: Math.ceil((began + milliseconds - now) / 1000),
    };
  };
}
