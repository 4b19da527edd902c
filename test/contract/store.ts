import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';

import { openStore } from '../../src/store/index.ts';
import type { Store, StoreOptions } from '../../src/store/index.ts';
import { estateContract } from './store/estate.ts';
import { exemptionContract } from './store/exemptions.ts';
import { findingContract } from './store/findings.ts';
import { leaseContract } from './store/leases.ts';
import { pushedContract } from './store/pushed.ts';
import { repairJournalContract } from './store/repairs.ts';
import { runContract } from './store/runs.ts';
import { scheduleContract } from './store/schedules.ts';
import { sweepContract } from './store/sweeps.ts';

/** A place where stores can be opened; all that are opened in one place share what is in it. */
export interface StorePlace {
  readonly open: () => Promise<Store>;
  /** Lets time pass for leases: by the clock that counts there. */
  readonly pass: (milliseconds: number) => Promise<void>;
}

/** What a database must offer to be put to the test. */
export interface StoreKind {
  /** Fires of a schedule that three replicas go through. */
  readonly fires: number;
  readonly start: () => Promise<void>;
  /** A new, empty place; `clock` is the one of the machine. */
  readonly place: () => Promise<StoreOptions & { readonly pass: StorePlace['pass'] }>;
  readonly stop: () => Promise<void>;
}

/** The contract of the fleet store, room by room, the same on every database. */
export function storeContract(name: string, kind: StoreKind): void {
  describe(`${name} as the fleet store`, () => {
    let place: StorePlace;
    let opened: Store[];
    beforeAll(() => kind.start());
    afterAll(() => kind.stop());
    beforeEach(async () => {
      const { pass, ...options } = await kind.place();
      opened = [];
      const open = async (): Promise<Store> => {
        const store = await openStore(options);
        opened.push(store);
        return store;
      };
      place = { open, pass };
    });
    afterEach(async () => {
      for (const store of opened) await store.close();
    });

    leaseContract(() => place);
    repairJournalContract(() => place);
    sweepContract(() => place);
    estateContract(() => place);
    scheduleContract(() => place, kind.fires);
    findingContract(() => place);
    runContract(() => place);
    pushedContract(() => place);
    exemptionContract(() => place);
  });
}
