import { z } from 'zod';

const Attributes = z.record(z.string(), z.unknown());

/** An object as a manifest writes it, or a list of them: `kind: List`, and `DeploymentList` from older tools. */
export const Manifest = z.looseObject({
  apiVersion: z.string().min(1),
  kind: z.string().min(1),
  items: z.array(Attributes).optional(),
});
export type Manifest = z.infer<typeof Manifest>;
