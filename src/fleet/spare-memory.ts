import { setFlagsFromString } from 'node:v8';

/** Percent by which the heap may outgrow what is alive in it before V8 looks for garbage. */
const GROWTH = 40;

/** V8's own measure: on a machine with much memory the heap becomes up to four times what is alive in it. */
const ITS_OWN = 0;

/**
 * While somebody asks for it, V8 looks for garbage earlier. A sweep makes much that lives for a moment and little that stays:
 * left alone, the heap of a process that sweeps grows to several times what it needs. V8 reads this one of its flags at each
 * collection, so that it may change while the process runs; it costs some percent of the time that a sweep takes.
 */
export function sparingMemory(): () => () => void {
  let asking = 0;
  const say = (percent: number): void => setFlagsFromString(`--heap-growing-percent=${percent}`);
  return () => {
    asking += 1;
    if (asking === 1) say(GROWTH);
    let over = false;
    return () => {
      if (over) return;
      over = true;
      asking -= 1;
      if (asking === 0) say(ITS_OWN);
    };
  };
}
