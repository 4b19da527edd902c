import { EventEmitter } from 'node:events';

import { describe, expect, it } from 'vitest';

import { writeAll, writeEach } from '../../../src/cli/write-all.ts';

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

describe('writing line after line', () => {
  it('asks for no more once nobody reads, and lets go of where the lines come from', async () => {
    const sink = new Sink(true);
    let [asked, released] = [0, false];
    async function* lines(): AsyncGenerator<string> {
      try {
        for (;;) {
          await Promise.resolve();
          asked += 1;
          if (asked === 3) sink.destroyed = true;
          yield `line ${asked}`;
        }
      } finally {
        released = true;
      }
    }
    await writeEach(sink, lines());
    expect(sink.taken).toEqual(['line 1', 'line 2']);
    expect({ asked, released }).toEqual({ asked: 3, released: true });
  });
});
