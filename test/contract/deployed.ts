import { readFileSync } from 'node:fs';
import path from 'node:path';

import { parse } from 'yaml';
import { z } from 'zod';

/** The folder of what deployments apply. */
export const DEPLOY = path.resolve(import.meta.dirname, '../../deploy');

const Iam = z.object({
  Version: z.literal('2012-10-17'),
  Statement: z.array(
    z.strictObject({
      Sid: z.string().regex(/^[A-Za-z0-9]+$/),
      Effect: z.literal('Allow'),
      Action: z.array(z.string().regex(/^[a-z0-9-]+:\w+$/)).min(1),
      Resource: z.string(),
    }),
  ),
});
const AzureRole = z.object({
  Actions: z.array(z.string()),
  DataActions: z.array(z.string()).max(0),
  AssignableScopes: z.array(z.string()).min(1),
});
const GoogleRole = z.object({
  stage: z.literal('GA'),
  includedPermissions: z.array(z.string().regex(/^[a-z]+\.\w+\.\w+$/)),
});
const ClusterRole = z.object({
  rules: z.array(
    z.object({
      apiGroups: z.array(z.string()),
      resources: z.array(z.string()),
      verbs: z.array(z.string()),
    }),
  ),
});

/** A file of deploy/, as a deployment would apply it. */
export const deployed = (file: string): string => readFileSync(path.join(DEPLOY, file), 'utf8');
export const iam = (file: string) =>
  Iam.parse(JSON.parse(deployed(`aws/${file}.policy.json`))).Statement;
export const iamActions = (file: string) => iam(file).flatMap(({ Action }) => Action);
export const azureActions = (side: string) =>
  AzureRole.parse(JSON.parse(deployed(`azure/portcullis-${side}.role.json`))).Actions;
export const googlePermissions = (side: string) =>
  GoogleRole.parse(parse(deployed(`google/portcullis-${side}.role.yaml`))).includedPermissions;
/** As the fake API server notes calls: `list apps/deployments`. */
export function clusterActions(file: string): string[] {
  const [text = ''] = deployed(`kubernetes/${file}.yaml`).split('\n---\n');
  return ClusterRole.parse(parse(text)).rules.flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group) =>
      resources.flatMap((one) =>
        verbs.map((verb) => `${verb} ${group === '' ? '' : `${group}/`}${one}`),
      ),
    ),
  );
}
