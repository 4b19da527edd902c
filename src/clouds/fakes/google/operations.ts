import { GoogleRefusal } from './answer.ts';

/** Operations that take their time: they run for two questions, then they are done. */
export interface Operations {
  /** @param fate `fails` once it is done, or `hangs`: it never is. */
  readonly begin: (begun: BegunOperation, fate: 'works' | 'fails' | 'hangs') => unknown;
  /** The permission to look at the operation of this path; undefined where there is none. */
  readonly permissionOf: (host: string, path: string) => string | undefined;
  readonly poll: (host: string, path: string) => unknown;
}

export interface BegunOperation {
  readonly host: string;
  /** As `Operation.name` of the service: a path of its own, or a bare name below `parent`. */
  readonly parent: string;
  readonly named: 'whole' | 'bare';
  readonly permission: string;
}

interface Running {
  readonly name: string;
  readonly begun: BegunOperation;
  readonly fate: 'works' | 'fails' | 'hangs';
  asked: number;
}

const QUESTIONS = 2;

export function createOperations(): Operations {
  const running = new Map<string, Running>();
  return {
    begin: (begun, fate) => {
      const bare = `operation-${running.size + 1}`;
      const path = `${begun.parent}/operations/${bare}`;
      const name = begun.named === 'bare' ? bare : path.replace(/^\/v\d\//, '');
      const one = { name, begun, fate, asked: 0 };
      running.set(`${begun.host}${path}`, one);
      return stateOf(one);
    },
    permissionOf: (host, path) => running.get(`${host}${path}`)?.begun.permission,
    poll: (host, path) => {
      const one = running.get(`${host}${path}`);
      if (one === undefined)
        throw new GoogleRefusal(404, 'NOT_FOUND', 'There is no such operation.');
      one.asked += 1;
      return stateOf(one);
    },
  };
}

function stateOf({ name, begun, fate, asked }: Running): unknown {
  const done = asked >= QUESTIONS && fate !== 'hangs';
  const failed = done && fate === 'fails';
  if (begun.named === 'whole')
    return {
      name,
      done,
      ...(failed ? { error: { code: 13, message: 'It failed.' } } : {}),
    };
  return {
    name,
    status: done ? 'DONE' : 'RUNNING',
    ...(failed ? { error: { errors: [{ code: 'INTERNAL_ERROR', message: 'It failed.' }] } } : {}),
  };
}
