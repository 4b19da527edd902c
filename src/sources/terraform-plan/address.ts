/** The key of one instance: a number with `count`, a string with `for_each`. */
export type InstanceKey = number | string | undefined;

/** One step of a module address, `module.a["x.y"]`. */
export interface ModuleStep {
  readonly name: string;
  readonly key: InstanceKey;
}

/** A name, or a key in brackets, of a reference: `aws_s3_bucket.b["k.y"].id`. */
export type Segment = { readonly name: string } | { readonly key: number | string };

const SEGMENT = /\.?([^.[\]"]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/y;

/**
 * Splits a reference or a module address. Keys may hold dots, brackets and quotes, so nothing short of reading the
 * quotes will do. Text that does not fit ends the list.
 */
export function segmentsOf(text: string): Segment[] {
  const segments: Segment[] = [];
  SEGMENT.lastIndex = 0;
  for (let match = SEGMENT.exec(text); match !== null; match = SEGMENT.exec(text)) {
    const [, name, index, quoted] = match;
    if (name !== undefined) segments.push({ name });
    else segments.push({ key: index === undefined ? unquoted(quoted ?? '') : Number(index) });
  }
  return segments;
}

/** The steps of a module address; none for the root module. */
export function moduleSteps(address: string | undefined): ModuleStep[] {
  const steps: ModuleStep[] = [];
  const segments = segmentsOf(address ?? '');
  for (let at = 0; at < segments.length; at++) {
    const [name, key] = [segments[at + 1], segments[at + 2]];
    if (name === undefined || !('name' in name)) break;
    const keyed = key !== undefined && 'key' in key;
    steps.push({ name: name.name, key: keyed ? key.key : undefined });
    at += keyed ? 2 : 1;
  }
  return steps;
}

/** HCL quotes like JSON, and doubles the mark that would begin a template. */
function unquoted(body: string): string {
  const plain = body.replace(
    /\\(.)/g,
    (_, escaped: string) => ({ n: '\n', r: '\r', t: '\t' })[escaped] ?? escaped,
  );
  return plain.replaceAll('$${', '${').replaceAll('%%{', '%{');
}
