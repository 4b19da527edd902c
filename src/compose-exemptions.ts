import { exemptionDesk } from './exemption/desk.ts';
import type { ExemptionDesk } from './exemption/desk.ts';
import { keepExemptions } from './exemption/keeper.ts';
import type { Recorder } from './exemption/record.ts';
import { recordSweepUses, useCounter } from './exemption/uses.ts';
import type { Gateway } from './gateway.ts';
import { messageOf } from './kit/errors.ts';
import type { Store } from './store/index.ts';
import { exemptionsFor, withExemptions } from './sweep/exemptions.ts';
import type { Findings } from './sweep/finding.ts';
import type { SweepOutside } from './sweep/parts.ts';
import type { Sweeps } from './sweep/service.ts';

/** Exemptions, put together with whoever asks for them. */
export interface ComposedExemptions {
  readonly desk: ExemptionDesk;
  /** Findings with who bears them at the moment they are read, by the exemptions of the gate. */
  readonly findings: Findings;
  /** To be told of every sweep that ended. */
  readonly sweepEnded: (id: string, sweeps: Pick<Sweeps, 'finished'>) => void;
  /** Looks after them until it is told to stop: for the process that stays. */
  readonly keep: () => () => void;
  readonly close: () => Promise<void>;
}

/** Ends are noted, and files looked at, this often. */
const KEEP_MS = 15_000;
const COUNT_MS = 5_000;

/**
 * From here on the gateway judges by stored exemptions too.
 *
 * @throws RulesError when one has the id of one of a file.
 */
export async function composeExemptions(ground: {
  readonly gateway: Gateway;
  readonly store: Store;
  readonly outside: SweepOutside;
  readonly record: Recorder;
  readonly instance: string;
}): Promise<ComposedExemptions> {
  const { gateway, store, outside, record, instance } = ground;
  await gateway.honour(store.exemptions);
  const counter = useCounter(store.exemptions, outside.warn);
  gateway.follow((decision) => counter.decided(decision));
  const quiet = outside.every(COUNT_MS, () => void counter.flush());
  const current = gateway.exemptions;
  const findings = withExemptions(store.findings, async () => exemptionsFor(await current()));
  let counting = Promise.resolve();
  const keeper = { store: store.exemptions, leases: store.leases, current, record };
  return {
    desk: exemptionDesk({ ...keeper, rules: () => gateway.rules().rules }),
    findings,
    sweepEnded: (id, sweeps) => {
      counting = counting
        .then(async () => {
          await sweeps.finished(id);
          await recordSweepUses(id, { findings, record, counter, clock: outside.clock });
        })
        .catch((error: unknown) => {
          outside.warn('uses of exemptions by a sweep could not be recorded', {
            sweep: id,
            error: messageOf(error),
          });
        });
    },
    keep: () => {
      const look = (): void => {
        void keepExemptions({ ...keeper, owner: instance, warn: outside.warn });
      };
      look();
      return outside.every(KEEP_MS, look);
    },
    close: async () => {
      quiet();
      await counting;
      await counter.flush();
    },
  };
}
