import type { Action } from '../../model/resource.ts';
import type { RawResource } from '../source.ts';
import { markedPaths } from '../terraform-marks.ts';
import { providerOf } from '../terraform-provider.ts';
import { scopeOf } from '../terraform-scope.ts';
import { actionOf } from './actions.ts';
import type { Code, FindCode } from './code.ts';
import type { Instances } from './instances.ts';
import { takeOutMasks } from './masked.ts';
import { scopeSettings } from './provider-config.ts';
import type { Variables } from './provider-config.ts';
import { resolveReferences } from './references.ts';
import type { ResourceChange } from './schema.ts';
import { sensitiveByCode } from './sensitive.ts';

/** What every change of a plan is read against. */
export interface PlanContext {
  readonly variables: Variables;
  readonly findCode: FindCode;
  readonly instances: Instances;
}

/**
 * Turns one change into a resource. What will be is judged, or what was, where nothing is left.
 *
 * @throws SourceError SOURCE_UNSUPPORTED for an action that is not known.
 */
export function toResource(change: ResourceChange, context: PlanContext): RawResource {
  const action = actionOf(change.change.actions, change.address);
  const values = valuesOf(change, action);
  const provider = providerOf(change.provider_name, change.type);
  const code = context.findCode(change);
  const clues = {
    provider,
    attributes: values.attributes,
    settings: scopeSettings(code?.providerConfig, context.variables),
    moduleAddress: change.module_address,
  };
  return {
    address: addressOf(change),
    type: change.type,
    provider,
    dialect: 'terraform',
    action,
    scope: scopeOf(clues),
    attributes: values.attributes,
    unknown: values.unknown,
    sensitive: sensitivePaths(change, values.masked, code),
    references: code === undefined ? [] : referencesOf(change, code, context, values),
    ...(code === undefined ? {} : { written: code.block.written }),
    ...(values.before === undefined ? {} : { before: values.before }),
    ...(code?.defaultTags === undefined ? {} : { defaultTags: code.defaultTags }),
    ...(change.previous_address === undefined ? {} : { previousAddress: change.previous_address }),
    ...(change.change.importing == null ? {} : { imported: true }),
  };
}

/** `address` alone is not unique: what a failed replacement left behind has the address of its successor. */
export function addressOf({ address, deposed }: ResourceChange): string {
  return deposed === undefined ? address : `${address} (deposed ${deposed})`;
}

interface Values {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly before: Readonly<Record<string, unknown>> | undefined;
  readonly unknown: readonly string[];
  readonly masked: readonly string[];
}

function valuesOf({ change }: ResourceChange, action: Action): Values {
  const goes = action === 'delete' || action === 'forget';
  const planned = goes ? change.before : change.after;
  const { attributes, paths } = takeOutMasks(planned ?? {});
  const before = goes || change.before == null ? undefined : takeOutMasks(change.before).attributes;
  if (goes) return { attributes, before, unknown: paths, masked: paths };
  // No `after` where something will exist: nothing at all is known of it.
  const unknown = change.after == null ? [''] : [...markedPaths(change.after_unknown), ...paths];
  return { attributes, before, unknown, masked: paths };
}

function sensitivePaths(
  { change }: ResourceChange,
  masked: readonly string[],
  code: Code | undefined,
): string[] {
  const marks = [change.after_sensitive, change.before_sensitive];
  const marked = marks.flatMap(markedPaths);
  const isMarked = marks.some((mark) => mark !== undefined);
  const byCode = isMarked || code === undefined ? [] : sensitiveByCode(code.block, code.site);
  return [...new Set([...marked, ...masked, ...byCode])];
}

function referencesOf(
  { index }: ResourceChange,
  { block, site }: Code,
  { instances }: PlanContext,
  values: Values,
): RawResource['references'] {
  if (block.attributes.size === 0) return [];
  const unknown = new Set(values.unknown.map((path) => /^[^.[]+/.exec(path)?.[0] ?? path));
  const planned = { attributes: values.attributes, unknown };
  return resolveReferences(block, { ...site, key: index }, instances, planned);
}
