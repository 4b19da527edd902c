import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { hasBlock, names, orNames } from '../terraform.ts';
import { anyOf, not, orElse } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import { accelerated, attached, encrypted, googleKind } from './service.ts';

/** Page google_vertex_ai_endpoint: reachable from the internet unless it is peered with a network or behind Private Service Connect. */
function endpoint(view: View): Facts {
  const enclosed = anyOf(inNetwork(view), hasBlock(view, 'private_service_connect_config'));
  return {
    ...encrypted(view, 'encryption_spec[0].kms_key_name'),
    public: not(enclosed),
    network_isolated: enclosed,
  };
}

function inNetwork(view: View): Truth {
  return orNames(names(view, 'network'), view, 'network', ['google_compute_network']);
}

/** Page google_workbench_instance: a public address unless told. */
function workbench(view: View): Facts {
  const at = 'gce_setup[0].';
  const withoutAddress = orElse(view.boolean(`${at}disable_public_ip`), false);
  const size = view.string(`${at}machine_type`);
  return {
    ...encrypted(view, `${at}boot_disk[0].kms_key`, `${at}data_disks[0].kms_key`),
    stateful: true,
    public_ip: not(withoutAddress),
    network_isolated: withoutAddress,
    disk_gb: view.number(`${at}data_disks[0].disk_size_gb`),
    size,
    gpu: accelerated(size, attached(view, `${at}accelerator_configs`)),
  };
}

/** Page google_notebooks_instance, the older form of the same. */
function notebook(view: View): Facts {
  const withoutAddress = orElse(view.boolean('no_public_ip'), false);
  const size = view.string('machine_type');
  return {
    ...encrypted(view, 'kms_key'),
    stateful: true,
    public_ip: not(withoutAddress),
    network_isolated: withoutAddress,
    disk_gb: view.number('data_disk_size_gb'),
    size,
    gpu: accelerated(size, attached(view, 'accelerator_config')),
  };
}

/** Page google_vertex_ai_index_endpoint: behind a network, unless a public endpoint is asked for. */
function indexEndpoint(view: View): Facts {
  return {
    ...encrypted(view, 'encryption_spec[0].kms_key_name'),
    public: orElse(view.boolean('public_endpoint_enabled'), false),
  };
}

export const ML: readonly Kind[] = [
  googleKind({
    kind: 'gcp.vertexai.endpoint',
    title: 'Vertex AI endpoint',
    types: ['google_vertex_ai_endpoint'],
    facts: endpoint,
  }),
  googleKind({
    kind: 'gcp.vertexai.index_endpoint',
    title: 'Vertex AI index endpoint',
    types: ['google_vertex_ai_index_endpoint'],
    facts: indexEndpoint,
  }),
  googleKind({
    kind: 'gcp.vertexai.store',
    title: 'Vertex AI dataset, feature store or TensorBoard',
    types: [
      'google_vertex_ai_dataset',
      'google_vertex_ai_featurestore',
      'google_vertex_ai_tensorboard',
    ],
    facts: (view) => ({ ...encrypted(view, 'encryption_spec[0].kms_key_name'), stateful: true }),
  }),
  googleKind({
    kind: 'gcp.workbench.instance',
    title: 'Vertex AI Workbench instance',
    types: ['google_workbench_instance'],
    facts: workbench,
  }),
  googleKind({
    kind: 'gcp.notebooks.instance',
    title: 'Vertex AI user-managed notebook',
    types: ['google_notebooks_instance'],
    facts: notebook,
  }),
];
