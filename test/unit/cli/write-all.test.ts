import { EventEmitter } from 'node:events';

import { describe, expect, it } from 'vitest';

import { writeAll } from '../../../src/cli/write-all.ts';

class Sink extends EventEmitter {
  readonly taken: string[] = [];
  destroyed = false;
  readonly room: boolean;
  constructor(room: boolean) {
    super();
    this.room = room;
  }
  write(text: string): boolean {
    this.taken.push(text);
    return this.room;
  }
}

/** Writes, and says after a turn of the loop whether that has come to its end. */
async function begun(sink: Sink): Promise<() => boolean> {
  let done = false;
  void writeAll(sink, 'line').then(() => (done = true));
  await new Promise(setImmediate);
  return () => done;
}

describe('writing a long answer', () => {
  it('does not wait while there is room', async () => {
    expect((await begun(new Sink(true)))()).toBe(true);
  });

  it('does not wait for a reader that has gone', async () => {
    const sink = new Sink(false);
    sink.destroyed = true;
    expect((await begun(sink))()).toBe(true);
  });

  it.each(['drain', 'close'])(
    'waits for a slow reader until %s, and leaves nothing behind',
    async (event) => {
      const sink = new Sink(false);
      const done = await begun(sink);
      expect(done()).toBe(false);
      sink.emit(event);
      await new Promise(setImmediate);
      expect(done()).toBe(true);
      expect(sink.taken).toEqual(['line']);
      expect(sink.eventNames()).toEqual([]);
    },
  );
});
