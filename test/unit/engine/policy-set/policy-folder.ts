import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder of policies on disk. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'policies-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** A right policy, as text; `custom` and the rest can be replaced. */
export function policyText(
  options: {
    id?: string;
    package?: string;
    custom?: string;
    head?: string;
    entrypoint?: string;
  } = {},
): string {
  const custom =
    options.custom ??
    `#   severity: high\n#   kinds: ["*"]\n#   reads: [tags.owner]\n#   remedy: Name an owner.`;
  return `# METADATA
${options.head ?? '# title: Owners are named\n# description: Somebody answers for it.'}
# custom:
#   id: ${options.id ?? 'T-TAG-001'}
${custom}
package ${options.package ?? 'policies.tagging.owner'}

${options.entrypoint ?? '# METADATA\n# entrypoint: true'}
violations contains violation if {
	some resource in input.resources
	not resource.tags.owner
	violation := {"address": resource.address, "path": "tags.owner", "message": "no owner"}
}
`;
}
