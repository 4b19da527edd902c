import type { SourceFiles } from '../../../../src/engine/toolchain/toolchain.ts';
import { wasmToolchain } from '../../../../src/engine/toolchain/wasm-toolchain.ts';

/** Small policies, each of which does one thing that a host must stand. */
const SOURCES = {
  'policies/owner/owner.rego': `package policies.owner

violations contains violation if {
	some resource in input.resources
	not resource.tags.owner
	violation := {
		"address": resource.address,
		"path": "tags.owner",
		"message": sprintf("%s has no owner", [resource.address]),
	}
}
`,
  // Answers with whatever the parameters say; undefined when they say nothing.
  'policies/echo/echo.rego': `package policies.echo

violations := input.parameters.answer
`,
  'policies/input/input.rego': `package policies.input

violations contains violation if {
	violation := {"address": input.resources[0].address, "path": "", "message": sprintf("%v", [input])}
}
`,
  'policies/raw/raw.rego': `package policies.raw

violations contains "seen" if input
`,
  'policies/data/data.rego': `package policies.data

violations contains violation if {
	violation := {"address": input.resources[0].address, "path": "", "message": data.settings.word}
}
`,
  // Two values for one rule: OPA aborts.
  'policies/conflict/conflict.rego': `package policies.conflict

violations := 1 if input.parameters.clash

violations := 2 if input.parameters.clash
`,
  'policies/builtins/builtins.rego': `package policies.builtins

violations contains violation if {
	not time.parse_rfc3339_ns(input.parameters.time)
	violation := {"address": input.resources[0].address, "path": "", "message": sprintf("%d", [time.now_ns()])}
}
`,
  // Runs for minutes when it is given a large map, and keeps nothing meanwhile: walking objects makes no values.
  'policies/loop/loop.rego': `package policies.loop

violations contains violation if {
	some _, _ in input.parameters.map
	some _, _ in input.parameters.map
	some _, _ in input.parameters.map
	some _, last in input.parameters.map
	last == "never"
	violation := {"address": "never", "path": "", "message": "never"}
}
`,
  // Keeps everything it makes.
  'policies/grow/grow.rego': `package policies.grow

violations contains violation if {
	n := input.parameters.rounds
	kept := [x | some i in numbers.range(1, n); x := [i | some j in numbers.range(1, n)]]
	count(kept) == 0
	violation := {"address": "never", "path": "", "message": "never"}
}
`,
  'settings/data.json': '{"word": "from data"}',
} as const satisfies SourceFiles;

const ENTRYPOINTS = [
  'owner',
  'echo',
  'input',
  'raw',
  'data',
  'conflict',
  'builtins',
  'loop',
  'grow',
].map(entry);

export function entry(policy: string): string {
  return `policies/${policy}/violations`;
}

export interface Compiled {
  readonly wasm: Uint8Array;
  readonly data: string;
}

export async function compilePolicies(): Promise<Compiled> {
  const toolchain = wasmToolchain();
  try {
    return await toolchain.build(SOURCES, ENTRYPOINTS);
  } finally {
    await toolchain.close();
  }
}
