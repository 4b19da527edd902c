import { slots } from './slots.ts';

/** A connection that is opened anew after it broke, at the next use. */
export interface Reopening<C> {
  /** One at a time: nobody uses what is being closed. What breaks the connection is thrown, and nothing is tried twice. */
  readonly use: <T>(work: (connection: C) => Promise<T>) => Promise<T>;
  /** Waits for who uses it; nobody does afterwards. */
  readonly close: () => Promise<void>;
}

export interface ReopeningParts<C> {
  readonly open: () => Promise<C>;
  readonly close: (connection: C) => Promise<void>;
  /** Whether a connection may be broken that threw this. */
  readonly breaks: (thrown: unknown) => boolean;
}

/**
 * Opens a connection of which a disk that failed leaves nothing: one whose disk failed in the middle of a transaction may go
 * on failing when the disk is well again.
 *
 * @throws what `open` throws.
 */
export async function reopening<C>({
  open,
  close,
  breaks,
}: ReopeningParts<C>): Promise<Reopening<C>> {
  const inTurn = slots(1);
  let connection: C | undefined = await open();
  let closed = false;
  const drop = async (): Promise<void> => {
    const dropped = connection;
    connection = undefined;
    // What cannot be closed is left to the end of the thread.
    if (dropped !== undefined) await close(dropped).catch(() => undefined);
  };
  return {
    use: (work) =>
      inTurn(async () => {
        if (closed) throw new Error('it is closed');
        connection ??= await open();
        try {
          return await work(connection);
        } catch (error) {
          if (breaks(error)) await drop();
          throw error;
        }
      }),
    close: () =>
      inTurn(async () => {
        closed = true;
        await drop();
      }),
  };
}
