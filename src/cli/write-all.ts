import type { SinkEvent, TextSink } from './io.ts';

const EITHER = ['drain', 'close'] as const satisfies readonly SinkEvent[];

/** Line after line, as long as somebody reads: nobody looks up what would be thrown away. */
export async function writeEach(sink: TextSink, lines: AsyncIterable<string>): Promise<void> {
  for await (const line of lines) {
    if (sink.destroyed === true) return;
    await writeAll(sink, line);
  }
}

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
