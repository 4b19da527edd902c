import { PLAIN } from './redactor.ts';

/** What of an event of the ledger others may have written. */
interface Told {
  readonly subject: string;
  readonly actor?: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Something that happened, as it is recorded. It belongs to no document, so credentials go by their form and their names. */
export function redactEvent<T extends Told>(event: T): T {
  const { subject, actor, body } = event;
  return {
    ...event,
    subject: PLAIN.text(subject),
    ...(actor === undefined ? {} : { actor: PLAIN.text(actor) }),
    body: Object.fromEntries(Object.entries(body).map(([key, value]) => [key, PLAIN.json(value)])),
  };
}
