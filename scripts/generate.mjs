// Writes the files that are made from the code, so that they cannot drift from it.
//   node scripts/generate.mjs           writes what is out of date
//   node scripts/generate.mjs --check   writes nothing; exits 1 and names each file that is out of date
// It reads the compiled code: build first.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import prettier from 'prettier';
import { stringify } from 'yaml';
import { z } from 'zod';

import { PERMISSION_FILES } from './generate-permissions.mjs';

/** A file of the repository and the function that makes its text. */
const GENERATED = [
  { file: 'schemas/resource.schema.json', make: makeResourceSchema },
  { file: 'schemas/config.schema.json', make: makeConfigSchema },
  { file: 'schemas/inventory-line.schema.json', make: makeInventoryLineSchema },
  {
    file: 'deploy/kubernetes/sweep-role.yaml',
    make: () => makeClusterRole('portcullis-sweep', (action) => /^list (?!secrets$)/.test(action)),
  },
  {
    file: 'deploy/kubernetes/sweep-secrets-role.yaml',
    make: () => makeClusterRole('portcullis-sweep-secrets', (action) => action === 'list secrets'),
  },
  {
    file: 'deploy/kubernetes/repair-role.yaml',
    make: () => makeClusterRole('portcullis-repair', (action) => /^(get|patch) /.test(action)),
  },
  ...PERMISSION_FILES,
];

const root = new URL('..', import.meta.url);

async function makeResourceSchema() {
  const { Resource } = await import(new URL('dist/model/resource.js', root).href);
  const { FACTS } = await import(new URL('dist/catalogue/facts.js', root).href);
  // Facts by name, so that a misspelt one in a policy or a consumer is found by its schema check. Members are left
  // open otherwise (`io: input`): documents grow fields.
  const schema = z.toJSONSchema(Resource, { target: 'draft-2020-12', io: 'input' });
  const facts = schema.$defs.Resource.properties.facts;
  schema.$defs.Resource.properties.facts = {
    type: 'object',
    description: facts.description,
    properties: Object.fromEntries(
      Object.entries(FACTS).map(([name, { type, says }]) => [name, { type, description: says }]),
    ),
    additionalProperties: false,
  };
  return JSON.stringify(schema);
}

async function makeConfigSchema() {
  const { ConfigSchema } = await import(new URL('dist/config/schema.js', root).href);
  return JSON.stringify(z.toJSONSchema(ConfigSchema, { target: 'draft-2020-12', io: 'input' }));
}

async function makeInventoryLineSchema() {
  const { InventoryLine } = await import(new URL('dist/clouds/json-lines/schema.js', root).href);
  return JSON.stringify(z.toJSONSchema(InventoryLine, { target: 'draft-2020-12', io: 'input' }));
}

/**
 * What the Kubernetes adapter declares, `list apps/deployments`, as a role for the service account that sweeps. Secrets have a role of their own:
 * who may list them is sent what they hold.
 */
async function makeClusterRole(name, wanted) {
  const { kubernetes } = await import(new URL('dist/clouds/kubernetes/index.js', root).href);
  const { read, write } = kubernetes.permissions;
  // Discovery (`get /apis`) is everybody's: system:discovery grants it.
  const actions = [...read, ...write]
    .map(({ action }) => action)
    .filter((action) => !action.includes(' /'));
  const groups = new Map();
  for (const action of actions.filter(wanted)) {
    const [verb, resource] = action.split(' ');
    const at = resource.indexOf('/');
    const key = `${verb} ${resource.slice(0, Math.max(at, 0))}`;
    groups.set(key, [...(groups.get(key) ?? []), resource.slice(at + 1)]);
  }
  const rules = [...groups].map(([key, resources]) => {
    const [verb, group] = key.split(' ');
    return { apiGroups: [group], resources: [...new Set(resources)].sort(), verbs: [verb] };
  });
  const api = 'rbac.authorization.k8s.io';
  const metadata = { name, labels: { 'app.kubernetes.io/name': 'portcullis' } };
  const objects = [
    { apiVersion: `${api}/v1`, kind: 'ClusterRole', metadata, rules },
    {
      apiVersion: `${api}/v1`,
      kind: 'ClusterRoleBinding',
      metadata,
      roleRef: { apiGroup: api, kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name: 'portcullis-sweep', namespace: 'portcullis' }],
    },
  ];
  const head =
    '# Generated from what the adapter declares (src/clouds/kubernetes/permissions.ts): node scripts/generate.mjs\n';
  return (
    head +
    objects.map((object) => stringify(object, { aliasDuplicateObjects: false })).join('---\n')
  );
}

const stale = [];
for (const { file, make } of GENERATED) {
  const path = fileURLToPath(new URL(file, root));
  const text = await prettier.format(await make(), {
    ...(await prettier.resolveConfig(path)),
    filepath: path,
  });
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  stale.push(file);
  if (process.argv.includes('--check')) continue;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

for (const file of stale)
  console.log(process.argv.includes('--check') ? `out of date: ${file}` : `written: ${file}`);
if (stale.length > 0 && process.argv.includes('--check')) {
  console.error('Run: node scripts/generate.mjs');
  process.exitCode = 1;
}
