/**
 * The port to the ledger. It answers when the event is durable, and it is awaited before anything is written to a cloud: what
 * cannot be recorded is not done. After a crash an event may come once more.
 */
export type Recorder = (event: RepairEvent) => Promise<void>;

export interface RepairEvent {
  readonly type: RepairEventType;
  readonly time: string;
  /** The plan or the run that it is about. */
  readonly subject: string;
  readonly actor?: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export type RepairEventType =
  | 'repair.planned'
  | 'repair.approved'
  | 'repair.refused'
  | 'repair.started'
  | 'repair.resumed'
  | 'repair.intended'
  | 'repair.result'
  | 'repair.finished';
