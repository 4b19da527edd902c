import type { RepairJournal } from '../../repair/journal.ts';
import type { StoreDatabase } from '../database.ts';
import { plansIn } from './plans.ts';
import { runsIn } from './runs.ts';
import { stepsIn } from './steps.ts';

/** The journal of repairs, in the store that replicas share. */
export function repairJournalIn(database: StoreDatabase): RepairJournal {
  return { ...plansIn(database), ...runsIn(database), ...stepsIn(database) };
}
