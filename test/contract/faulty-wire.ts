import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/**
 * What becomes of one thing that a client asks of PostgreSQL. `refused`: an error is answered, the server hears nothing.
 * `unheard`: the connection breaks before. `unanswered`: it is done, and the connection breaks. `silent`: nobody hears it,
 * nobody answers. `mute`: it is done, and nobody answers. `parted`: silent, and the server never hears that the client left.
 */
export type Fault = 'refused' | 'unheard' | 'unanswered' | 'silent' | 'mute' | 'parted';

/** A way to PostgreSQL that fails where it is told to. */
export interface FaultyWire {
  /** The address of the same database, by this way. */
  readonly url: string;
  /** The n-th thing that is asked from now on, by whichever connection, meets this; with `lasting` all after it, too. */
  readonly arm: (n: number, fault: Fault, lasting?: boolean) => void;
  /** From now on all is well. @returns how much was asked since it was armed. */
  readonly disarm: () => number;
  readonly close: () => void;
}

interface Plan {
  at: number;
  fault: Fault;
  lasting: boolean;
  asked: number;
}

export async function faultyWire(database: string): Promise<FaultyWire> {
  const target = new URL(database);
  const plan: Plan = { at: Infinity, fault: 'unheard', lasting: false, asked: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
    }
    pass(client, upstream, () => nextFault(plan));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(database);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    arm: (at, fault, lasting = false) => void Object.assign(plan, { at, fault, lasting, asked: 0 }),
    disarm: () => {
      plan.at = Infinity;
      return plan.asked;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function nextFault(plan: Plan): Fault | undefined {
  plan.asked++;
  const hit = plan.lasting ? plan.asked >= plan.at : plan.asked === plan.at;
  return hit ? plan.fault : undefined;
}

/** One question after the other, so that each fault stands at one place whatever the client sends ahead. */
function pass(client: Socket, upstream: Socket, next: () => Fault | undefined): void {
  const questions = messages(true, ['Q', 'S']);
  const answers = messages(false, ['Z']);
  const waiting: Buffer[] = [];
  let current: Fault | 'none' | undefined;
  let parted = false;
  const turn = (): void => {
    const question = current === undefined ? waiting.shift() : undefined;
    if (question === undefined) return;
    const fault = question[0] === LAST_WORD ? undefined : next();
    current = fault ?? 'none';
    if (fault === 'unheard') client.destroy();
    else if (fault === 'parted') parted = true;
    else if (fault === 'refused') {
      current = undefined;
      client.write(REFUSAL);
      turn();
    } else if (fault !== 'silent') upstream.write(question);
  };
  client.on('data', (chunk) => {
    waiting.push(...questions(chunk));
    turn();
  });
  upstream.on('data', (chunk) => {
    for (const answer of answers(chunk)) {
      if (current === 'unanswered') client.destroy();
      if (current !== 'none') continue;
      current = undefined;
      client.write(answer);
    }
    turn();
  });
  client.on('close', () => {
    if (!parted) upstream.destroy();
  });
  upstream.on('close', () => client.destroy());
}

const LAST_WORD = 'X'.charCodeAt(0);

/** ErrorResponse and ReadyForQuery, as of a server whose disk is full. */
const REFUSAL = Buffer.concat([
  message('E', 'SERROR\0VERROR\0C53100\0Mcould not extend file: No space left on device\0\0'),
  message('Z', 'E'),
]);

function message(type: string, body: string): Buffer {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, Buffer.from(body)]);
}

/**
 * Takes bytes of the protocol (PostgreSQL, "Message Formats"), and gives them back in pieces that end with a message of these
 * types. The last word of a client, and its first, which has no type, are pieces of their own.
 */
function messages(ofClient: boolean, ends: readonly string[]): (chunk: Buffer) => Buffer[] {
  let rest = Buffer.alloc(0);
  let begin = 0;
  let untyped = ofClient;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const pieces: Buffer[] = [];
    for (;;) {
      const head = untyped ? 0 : 1;
      if (rest.length < begin + head + 4) return pieces;
      const end = begin + head + rest.readInt32BE(begin + head);
      if (rest.length < end) return pieces;
      const type = untyped ? '' : rest.toString('latin1', begin, begin + 1);
      begin = end;
      if (!untyped && type !== 'X' && !ends.includes(type)) continue;
      untyped = false;
      pieces.push(rest.subarray(0, end));
      rest = rest.subarray(end);
      begin = 0;
    }
  };
}
