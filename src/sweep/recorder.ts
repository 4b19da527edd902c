/**
 * The port to the ledger. A sweep awaits it before it shows anything as done, so that nothing happens to the fleet's
 * findings without a record. After a crash the same event may come once more; `subject` and `body` tell it is the same.
 */
export type Recorder = (event: SweepEvent) => Promise<void>;

export interface SweepEvent {
  readonly type: SweepEventType;
  /** What it is about: the id of a run, or the name of a sweep and the time of its fire. */
  readonly subject: string;
  /** Who asked for it; absent for what the gate does by itself. */
  readonly actor?: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export type SweepEventType =
  | 'sweep.started'
  | 'sweep.resumed'
  | 'sweep.interrupted'
  | 'sweep.cancelling'
  | 'sweep.finished'
  | 'sweep.fire'
  | 'findings.changed';
