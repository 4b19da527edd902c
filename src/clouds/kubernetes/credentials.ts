import type { RequestOptions } from 'node:https';

import { CloudError } from '../errors.ts';
import type { KubernetesSettings } from './schema.ts';

/** Where the API server is, and how a request to it is signed. */
export interface Credentials {
  readonly server: URL;
  /** True where nobody can tell whether it is the API server that answers. */
  readonly insecure: boolean;
  /** Adds token, certificates and proxy; runs a plugin or renews a token where the kubeconfig says so. */
  readonly sign: (options: RequestOptions) => Promise<void>;
}

/**
 * Reads a kubeconfig, or the service account of the pod.
 *
 * @throws CloudError CLOUD_SETTINGS. Without a cause: parsers quote the file, which holds keys.
 */
export async function openCredentials(settings: KubernetesSettings): Promise<Credentials> {
  // Loaded when a cluster is swept: it is large, and most of what it holds is not used.
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  load(config, settings);
  const cluster = config.getCurrentCluster();
  if (cluster === null)
    throw new CloudError(
      'CLOUD_SETTINGS',
      `${origin(settings)} has no context ${settings.context ?? config.getCurrentContext()} with a cluster`,
    );
  return {
    server: new URL(`${cluster.server}/`),
    insecure: cluster.skipTLSVerify,
    sign: async (options) => {
      try {
        await config.applyToHTTPSOptions(options);
      } catch {
        throw new CloudError(
          'CLOUD_CREDENTIALS',
          `the credentials of ${origin(settings)} could not be had (a token, a certificate, or the plugin that makes them)`,
        );
      }
    },
  };
}

interface Loading {
  readonly loadFromCluster: () => void;
  readonly loadFromFile: (file: string) => void;
  readonly setCurrentContext: (context: string) => void;
}

function load(config: Loading, settings: KubernetesSettings): void {
  try {
    if (settings.kubeconfig === undefined) config.loadFromCluster();
    else config.loadFromFile(settings.kubeconfig);
    if (settings.context !== undefined) config.setCurrentContext(settings.context);
  } catch {
    throw new CloudError('CLOUD_SETTINGS', `${origin(settings)} cannot be read`);
  }
}

function origin({ kubeconfig }: KubernetesSettings): string {
  return kubeconfig === undefined
    ? 'the service account of this pod'
    : `the kubeconfig ${kubeconfig}`;
}
