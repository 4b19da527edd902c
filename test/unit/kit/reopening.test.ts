import { describe, expect, it } from 'vitest';

import { reopening } from '../../../src/kit/reopening.ts';

class Broken extends Error {}

/** Connections that are numbered as they are opened, and what is open of them. */
function place() {
  const open = new Set<number>();
  let opened = 0;
  const away = { yes: false };
  return {
    open,
    away,
    parts: {
      open: () => {
        if (away.yes) return Promise.reject(new Broken('no disk'));
        open.add(++opened);
        return Promise.resolve(opened);
      },
      close: (connection: number) => {
        open.delete(connection);
        return Promise.resolve();
      },
      breaks: (thrown: unknown) => thrown instanceof Broken,
    },
  };
}

const fails = (error: Error) => () => Promise.reject(error);
const itself = (connection: number) => Promise.resolve(connection);

describe('a connection that broke', () => {
  it('is closed at once, and opened anew by who comes next', async () => {
    const { parts, open } = place();
    const desk = await reopening(parts);
    await expect(desk.use(fails(new Broken('disk')))).rejects.toThrow('disk');
    expect([...open]).toEqual([]);
    expect(await desk.use(itself)).toBe(2);
    expect([...open]).toEqual([2]);
  });

  it('is asked for again and again until the disk is back', async () => {
    const { parts, away } = place();
    const desk = await reopening(parts);
    away.yes = true;
    await expect(desk.use(fails(new Broken('disk')))).rejects.toThrow('disk');
    await expect(desk.use(itself)).rejects.toThrow('no disk');
    away.yes = false;
    expect(await desk.use(itself)).toBe(2);
  });

  it('that cannot even be closed is let go, and the first error is the one that is told', async () => {
    const { parts } = place();
    const desk = await reopening({ ...parts, close: fails(new Error('not closed')) });
    await expect(desk.use(fails(new Broken('disk')))).rejects.toThrow('disk');
    expect(await desk.use(itself)).toBe(2);
  });

  it('is not taken from under who waited for it', async () => {
    const { parts, open } = place();
    const desk = await reopening(parts);
    const first = desk.use(fails(new Broken('disk')));
    const second = desk.use((connection) => Promise.resolve(open.has(connection)));
    await expect(first).rejects.toThrow('disk');
    expect(await second).toBe(true);
  });
});

describe('a connection that is well', () => {
  it('stays when the work failed for a reason of its own', async () => {
    const { parts } = place();
    const desk = await reopening(parts);
    await expect(desk.use(fails(new Error('fenced')))).rejects.toThrow('fenced');
    expect(await desk.use(itself)).toBe(1);
  });

  it('is closed after who uses it, and never opened again', async () => {
    const { parts, open } = place();
    const desk = await reopening(parts);
    const using = desk.use((connection) => Promise.resolve(open.has(connection)));
    await desk.close();
    expect(await using).toBe(true);
    await expect(desk.use(itself)).rejects.toThrow('closed');
    expect([...open]).toEqual([]);
  });
});
