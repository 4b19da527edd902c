import { z } from 'zod';

import { SourceError } from '../errors.ts';
import type { Normalised, ParsedDocument, RawResource } from '../source.ts';
import { addressOf, toResource } from './changes.ts';
import { codeFinder } from './code.ts';
import { indexInstances } from './instances.ts';
import { notesOf } from './notes.ts';
import { TerraformPlan } from './schema.ts';
import type { ResourceChange } from './schema.ts';
import { secretsOf } from './secrets.ts';

const MAJORS = new Set(['0', '1']);

/**
 * Turns a plan into resources and notes. Drift is only noted: it describes the past.
 *
 * @throws SourceError SOURCE_MALFORMED when it has not the shape of a plan, SOURCE_UNSUPPORTED for another major
 *   version or an unknown action, SOURCE_UNUSABLE for a plan that Terraform could not complete.
 */
export function normalisePlan(document: ParsedDocument): Normalised {
  const plan = parsePlan(document.values[0]);
  if (plan.errored === true) {
    throw new SourceError(
      'SOURCE_UNUSABLE',
      'Terraform ran into an error while it made this plan',
      {
        help: 'Run terraform plan, mend what it reports, and judge the new plan.',
      },
    );
  }
  const deferred = deferredChanges(plan);
  const changes = [...plan.resource_changes, ...deferred];
  refuseDuplicates(changes);
  const context = {
    variables: plan.variables,
    findCode: codeFinder(plan),
    instances: indexInstances(changes),
  };
  const resources = changes.map((change): RawResource => toResource(change, context));
  return { resources, notes: notesOf(plan), secrets: secretsOf(plan) };
}

function parsePlan(value: unknown): TerraformPlan {
  refuseOtherMajors(value);
  const parsed = TerraformPlan.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue === undefined ? '' : z.core.toDotPath(issue.path);
  throw new SourceError(
    'SOURCE_MALFORMED',
    `this has not the shape of a plan: ${issue?.message ?? ''} at ${path}`,
    {
      place: { path },
      help: 'Send the output of terraform show -json PLANFILE as it is.',
    },
  );
}

/** Before the shape is checked: another major version may have another shape. */
function refuseOtherMajors(value: unknown): void {
  const version = z.object({ format_version: z.string() }).safeParse(value);
  if (!version.success) {
    throw new SourceError('SOURCE_MALFORMED', 'the plan does not say its format_version', {
      help: 'Send the output of terraform show -json PLANFILE as it is.',
    });
  }
  const { format_version: said } = version.data;
  if (MAJORS.has(said.split('.')[0] ?? '')) return;
  throw new SourceError(
    'SOURCE_UNSUPPORTED',
    `the plan is of format version ${JSON.stringify(said.slice(0, 20))}; understood are 0.x and 1.x`,
    {
      help: 'Its words may mean something else, so it is not judged. Update Portcullis, or plan with an older Terraform.',
    },
  );
}

/** Put-off changes are judged too. One of a resource that is also listed keeps an address of its own. */
function deferredChanges(plan: TerraformPlan): ResourceChange[] {
  const listed = new Set(plan.resource_changes.map(addressOf));
  return plan.deferred_changes.map(({ resource_change: change }) =>
    listed.has(addressOf(change)) ? { ...change, address: `${change.address} (deferred)` } : change,
  );
}

function refuseDuplicates(changes: readonly ResourceChange[]): void {
  const seen = new Set<string>();
  for (const address of changes.map(addressOf)) {
    if (seen.has(address)) {
      throw new SourceError('SOURCE_MALFORMED', `the plan lists ${address} twice`, {
        place: { path: address },
      });
    }
    seen.add(address);
  }
}
