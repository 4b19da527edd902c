import type { SinkEvent, TextSink } from './io.ts';

const EITHER = ['drain', 'close'] as const satisfies readonly SinkEvent[];

/** Writes as fast as whoever reads takes it: what is written without waiting is kept in memory. Nobody waits for a reader that is gone. */
export async function writeAll(sink: TextSink, text: string): Promise<void> {
  if (sink.destroyed === true || sink.write(text) !== false || sink.on === undefined) return;
  await new Promise<void>((resolve) => {
    const told = (): void => {
      for (const event of EITHER) sink.off?.(event, told);
      resolve();
    };
    for (const event of EITHER) sink.on?.(event, told);
  });
}
