import type { Engine } from './engine.ts';
import { EngineError } from './errors.ts';

/** An engine that is made when it is first asked: threads and memory for what may never happen are not held. */
export function engineOnDemand(make: () => Promise<Engine>): Engine {
  let made: Promise<Engine> | undefined;
  let closed = false;
  return {
    evaluate: async (batch, options) => {
      if (closed) throw new EngineError('ENGINE_CLOSED', 'the engine is closed');
      made ??= make();
      return await (await made).evaluate(batch, options);
    },
    close: async () => {
      closed = true;
      await (await made)?.close();
    },
  };
}
