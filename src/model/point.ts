import { z } from 'zod';

export const POINTS = ['pre-apply', 'admission', 'sweep'] as const;

/** Where a decision is asked: before a provisioning tool acts, when a cluster admits, or over what exists. */
export const Point = z.enum(POINTS).meta({ id: 'Point' });
export type Point = z.infer<typeof Point>;

export const ENFORCEMENTS = ['deny', 'warn', 'record'] as const;

/** What a violation (or an unknown) leads to: the request is denied, warned about, or only recorded. */
export const Enforcement = z.enum(ENFORCEMENTS).meta({ id: 'Enforcement' });
export type Enforcement = z.infer<typeof Enforcement>;

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export const Severity = z.enum(SEVERITIES).meta({ id: 'Severity' });
export type Severity = z.infer<typeof Severity>;
