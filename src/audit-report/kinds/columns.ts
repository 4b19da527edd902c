import type { Column } from '../report.ts';

/** Columns that several tables have, under the same names in all of them: who joins two reports relies on that. */
export const COLUMN = {
  sequence: { id: 'sequence', title: 'Record', type: 'number', detail: true },
  id: { id: 'id', title: 'Id', type: 'id', detail: true },
  decision: { id: 'id', title: 'Decision', type: 'id', detail: true },
  time: { id: 'time', title: 'Time', type: 'time', width: 1.5 },
  severity: { id: 'severity', title: 'Severity', type: 'text', width: 0.8 },
  state: { id: 'state', title: 'State', type: 'text' },
  rule: { id: 'rule', title: 'Rule', type: 'id' },
  rules: { id: 'rules', title: 'Rules', type: 'text' },
  policy: { id: 'policy', title: 'Policy', type: 'id', detail: true },
  account: { id: 'account', title: 'Account', type: 'id' },
  team: { id: 'team', title: 'Team', type: 'text' },
  address: { id: 'address', title: 'Resource', type: 'id', width: 2 },
  kind: { id: 'kind', title: 'Kind', type: 'text', detail: true },
  path: { id: 'path', title: 'Path', type: 'id', detail: true },
  message: { id: 'message', title: 'Message', type: 'text', width: 2 },
  fix: { id: 'fix', title: 'Fix', type: 'text', width: 2 },
  exemption: { id: 'exemption', title: 'Exemption', type: 'id', detail: true },
  reason: { id: 'reason', title: 'Reason', type: 'text', width: 2 },
} as const satisfies Record<string, Column>;
