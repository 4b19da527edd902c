import type { Action } from '../../model/resource.ts';
import { SourceError } from '../errors.ts';

const KNOWN: ReadonlySet<string> = new Set([
  'no-op',
  'create',
  'read',
  'update',
  'delete',
  'forget',
]);

/**
 * One action for Terraform's list of them. By containment, as Terraform asks its readers to do, so that new
 * combinations keep their meaning: whatever contains `delete` destroys.
 *
 * @param address for the message.
 * @throws SourceError SOURCE_UNSUPPORTED for a word that is not known: ignoring it would let it pass.
 */
export function actionOf(actions: readonly string[], address: string): Action {
  const strange = actions.find((action) => !KNOWN.has(action));
  if (strange !== undefined || actions.length === 0) {
    const said =
      strange === undefined ? 'no action' : `the action ${JSON.stringify(strange.slice(0, 40))}`;
    throw new SourceError(
      'SOURCE_UNSUPPORTED',
      `the plan has ${said} for ${address}, which is not understood`,
      {
        place: { path: address },
        help: 'Judge plans of this Terraform version only after Portcullis knows the action.',
      },
    );
  }
  return classify(new Set(actions));
}

function classify(actions: ReadonlySet<string>): Action {
  const makes = actions.has('create') || actions.has('update');
  if (actions.has('delete')) return makes ? 'replace' : 'delete';
  // The old object is let go of, and a new one takes its place.
  if (actions.has('create')) return actions.has('forget') ? 'replace' : 'create';
  if (actions.has('update')) return 'update';
  if (actions.has('forget')) return 'forget';
  return actions.has('read') ? 'read' : 'none';
}
