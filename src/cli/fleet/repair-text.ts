import type { RepairPlanView, RepairRunView } from '../../fleet/repair-views.ts';
import { counted } from '../../report/counted.ts';
import { printable } from '../../report/printable.ts';
import { count } from './sweep-text.ts';

type Plan = RepairPlanView['plan'];
type Tags = Plan['changes'][number]['set'];
type Removed = Plan['changes'][number]['remove'];

/** Entries of each part that are shown; JSON has them all. */
const SHOWN = 25;

/** A plan, for whoever decides whether it is applied. */
export function planText(stored: RepairPlanView): string {
  const { plan } = stored;
  const { changes, suggestions, refusals } = plan;
  const lines = [
    `${plan.purpose === 'undo' ? 'UNDO' : 'PLAN'}  ${plan.id}  ${stateText(stored)}`,
    `  ${counted(changes.length, 'resource')} would change, ${counted(suggestions.length, 'belongs', 'belong')} to code, ${counted(refusals.length, 'is', 'are')} left alone`,
    ...part('change', changes, changeLines),
    ...part('belongs to code', suggestions, suggestionLines),
    ...part('left alone', refusals, ({ address, keys, code, message }) => [
      `    ${printable(address)}  ${keys.map(printable).join(', ')}  ${code}: ${printable(message)}`,
    ]),
    ...part('allowed by', plan.gates, ({ rule, mode, changes: of, population }) => [
      `    ${rule}  ${mode}, ${count(of)} of ${count(population)} resources`,
    ]),
    ...part('not read', plan.gaps, (gap) => [`    ${printable(gap)}`]),
    ...plan.breaches.map(({ rule, message }) => `  BREACH  ${rule}: ${printable(message)}`),
    nextStep(stored),
  ];
  return `${lines.join('\n')}\n`;
}

function stateText({ state, requestedBy, approvedBy }: RepairPlanView): string {
  const by = `asked for by ${printable(requestedBy)}`;
  return approvedBy === undefined
    ? `${state}, ${by}`
    : `${state}, ${by}, approved by ${printable(approvedBy)}`;
}

function part<T>(title: string, entries: readonly T[], lines: (entry: T) => string[]): string[] {
  if (entries.length === 0) return [];
  const more = entries.length - SHOWN;
  return [
    `  ${title}`,
    ...entries.slice(0, SHOWN).flatMap(lines),
    ...(more > 0 ? [`    and ${count(more)} more: --output json has them all`] : []),
  ];
}

function changeLines({ address, kind, set, remove, judgement }: Plan['changes'][number]): string[] {
  return [
    `    ${printable(address)}  ${printable(kind)}`,
    ...tagLines(set, remove),
    ...(judgement === undefined ? [] : [judgementLine(judgement)]),
  ];
}

function tagLines(set: Tags, remove: Removed): string[] {
  return [
    ...Object.entries(set).map(([key, { before, after, source }]) => {
      const was = before === null ? '' : ` (was ${JSON.stringify(before)})`;
      const from = `${source.kind} ${printable(source.from)}`;
      return `      ${before === null ? '+' : '~'} ${printable(key)} = ${printable(JSON.stringify(after))}${printable(was)}  from ${from}`;
    }),
    ...Object.entries(remove).map(
      ([key, { before }]) => `      - ${printable(key)} (was ${printable(JSON.stringify(before))})`,
    ),
  ];
}

function judgementLine({
  compliantWith,
  stillViolated,
}: NonNullable<Plan['changes'][number]['judgement']>): string {
  const still = stillViolated.length === 0 ? '' : `; still violated: ${stillViolated.join(', ')}`;
  return `      this makes it compliant with ${compliantWith.join(', ') || 'no rule as a whole'}${still}`;
}

function suggestionLines({ address, managedBy, code }: Plan['suggestions'][number]): string[] {
  return [
    `    ${printable(address)}  ${printable(managedBy)}`,
    `      ${printable(code.note)}`,
    ...code.snippets.flatMap(({ title, text }) => [
      `      # ${printable(title)}`,
      ...text.split('\n').map((line) => `      ${printable(line)}`),
    ]),
  ];
}

function nextStep({ plan, state }: RepairPlanView): string {
  if (plan.changes.length === 0) return 'There is nothing to write.';
  if (plan.breaches.length > 0) return 'It is over its caps: nothing of it will be written.';
  if (state !== 'proposed' && state !== 'approved') return `It is ${state}.`;
  const tried = `Nothing was written. Try it: portcullis repair apply ${plan.id} --dry-run`;
  const agreed = state === 'approved' || plan.gates.every(({ mode }) => mode !== 'approve');
  return agreed
    ? tried
    : `${tried}\nSomebody else must agree before it is applied: portcullis repair approve ${plan.id}`;
}

/** What a run did. */
export function runText({ run, tally, steps }: RepairRunView): string {
  const open = steps.filter(({ state }) => state !== 'verified' && state !== 'rehearsed');
  const counts = Object.entries(tally)
    .filter(([, of]) => of > 0)
    .map(([state, of]) => `${count(of)} ${state}`);
  const lines = [
    `${run.state.toUpperCase()}  ${run.purpose}${run.dryRun ? ' (dry run)' : ''}  ${run.id}`,
    ...(run.reason === '' ? [] : [`  ${printable(run.reason)}`]),
    `  ${counts.length === 0 ? 'nothing to do' : counts.join(', ')}`,
    ...part('not as planned', open, ({ address, state, reason }) => [
      `    ${printable(address)}  ${state}: ${printable(reason)}`,
    ]),
    ...(run.state === 'running' ? [`Follow it: portcullis repair status ${run.id}`] : []),
    ...(run.state !== 'running' && !run.dryRun && run.purpose === 'repair'
      ? [`Take it back: portcullis repair undo ${run.id}`]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}
