import { z } from 'zod';

const Diagnostic = z.object({
  code: z.string(),
  message: z.string(),
  file: z.string().exactOptional(),
  line: z.int().exactOptional(),
  column: z.int().exactOptional(),
});

/** What every operation of the program prints: a result, or what is wrong with the sources. */
export const Envelope = z.object({
  result: z.unknown().optional(),
  diagnostics: z.array(Diagnostic).default([]),
});

export const BuildAnswer = z.object({
  wasm: z.base64(),
  plan: z.record(z.string(), z.unknown()),
  data: z.record(z.string(), z.unknown()),
});

export const CheckAnswer = z.object({ diagnostics: z.array(Diagnostic) });

export const FormatAnswer = z.record(z.string(), z.string());

export const TestAnswer = z.object({
  cases: z.array(
    z.object({
      package: z.string(),
      name: z.string(),
      file: z.string(),
      line: z.int(),
      outcome: z.enum(['pass', 'fail', 'error', 'skip']),
      message: z.string().exactOptional(),
      seconds: z.number(),
    }),
  ),
  coverage: z.number(),
  files: z.array(
    z.object({
      file: z.string(),
      percent: z.number(),
      notCovered: z.array(z.object({ from: z.int(), to: z.int() })),
    }),
  ),
});

export const InspectAnswer = z.object({
  packages: z.array(z.object({ package: z.string(), file: z.string() })),
  annotations: z.array(
    z.object({
      package: z.string(),
      scope: z.enum(['package', 'rule', 'document', 'subpackages']),
      path: z.string(),
      file: z.string(),
      line: z.int(),
      title: z.string().exactOptional(),
      description: z.string().exactOptional(),
      entrypoint: z.boolean(),
      custom: z.record(z.string(), z.unknown()),
    }),
  ),
  builtins: z.array(z.string()),
});

export const EvalAnswer = z.object({ defined: z.boolean(), value: z.unknown() });
