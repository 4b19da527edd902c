import { armError } from './answer.ts';
import type { FakeAnswer } from './answer.ts';

interface Running {
  polls: number;
  readonly answer: FakeAnswer;
}

/** Operations that take longer than one answer: 202 with a Location to ask at, and the answer at last. */
export interface FakeOperations {
  readonly start: (answer: FakeAnswer, polls: number, base: string) => FakeAnswer;
  readonly poll: (id: string) => FakeAnswer;
}

export function createOperations(): FakeOperations {
  const running = new Map<string, Running>();
  return {
    start: (answer, polls, base) => {
      const id = String(running.size + 1);
      running.set(id, { polls, answer });
      const location = `${base}/subscriptions/operations/operationresults/${id}?api-version=2025-04-01`;
      return { status: 202, headers: { location }, body: {} };
    },
    poll: (id) => {
      const operation = running.get(id);
      if (operation === undefined)
        return armError(404, 'OperationNotFound', `No operation '${id}'.`);
      operation.polls -= 1;
      return operation.polls >= 0 ? { status: 202, body: {} } : operation.answer;
    },
  };
}
