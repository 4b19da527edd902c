import { joinPath } from '../../kit/paths.ts';
import type { Facts } from '../facts.ts';
import {
  allOf,
  anyOf,
  equals,
  everyOf,
  holds,
  includesAny,
  not,
  oneOf,
  orElse,
  present,
} from '../values.ts';
import type { Truth } from '../values.ts';
import type { Read, View } from '../view.ts';
import { bothNames, kubernetesKind } from './shape.ts';
import type { Spell } from './shape.ts';

export const NETWORK_KINDS = [
  kubernetesKind({
    kind: 'kubernetes.service',
    title: 'Service',
    types: ['Service'],
    terraform: bothNames('kubernetes_service'),
    facts: (view, spell) => ({ public: servicePublic(view, spell) }),
  }),
  kubernetesKind({
    kind: 'kubernetes.ingress',
    title: 'Ingress',
    types: ['networking.k8s.io/Ingress', 'extensions/Ingress'],
    terraform: bothNames('kubernetes_ingress'),
    facts: ingressFacts,
  }),
  kubernetesKind({
    kind: 'kubernetes.gateway',
    title: 'Gateway (Gateway API, Istio)',
    types: ['gateway.networking.k8s.io/Gateway', 'networking.istio.io/Gateway'],
    facts: (view) => ({ encrypted_in_transit: gatewayEncrypts(view) }),
  }),
  kubernetesKind({
    kind: 'kubernetes.networkpolicy',
    title: 'NetworkPolicy',
    types: ['networking.k8s.io/NetworkPolicy'],
    terraform: bothNames('kubernetes_network_policy'),
  }),
  kubernetesKind({
    kind: 'kubernetes.httproute',
    title: 'HTTPRoute (Gateway API)',
    types: ['gateway.networking.k8s.io/HTTPRoute'],
  }),
  kubernetesKind({
    kind: 'kubernetes.ingressclass',
    title: 'IngressClass',
    types: ['networking.k8s.io/IngressClass'],
    terraform: bothNames('kubernetes_ingress_class'),
  }),
  kubernetesKind({
    kind: 'istio.virtualservice',
    title: 'VirtualService (Istio)',
    types: ['networking.istio.io/VirtualService'],
  }),
  kubernetesKind({
    kind: 'istio.destinationrule',
    title: 'DestinationRule (Istio)',
    types: ['networking.istio.io/DestinationRule'],
  }),
  kubernetesKind({
    kind: 'istio.peerauthentication',
    title: 'PeerAuthentication (Istio)',
    types: ['security.istio.io/PeerAuthentication'],
    facts: (view) => ({ encrypted_in_transit: mutualTls(view) }),
  }),
  kubernetesKind({
    kind: 'istio.authorizationpolicy',
    title: 'AuthorizationPolicy (Istio)',
    types: ['security.istio.io/AuthorizationPolicy'],
  }),
];

/** The annotations by which each cloud's controller keeps a load balancer in the private network, and their values. */
const INTERNAL_SERVICE: Readonly<Record<string, RegExp>> = {
  // Written "true", or "0.0.0.0/0" in the days before.
  'service.beta.kubernetes.io/aws-load-balancer-internal': /^(?!false$).+/,
  'service.beta.kubernetes.io/aws-load-balancer-scheme': /^internal$/,
  'service.beta.kubernetes.io/azure-load-balancer-internal': /^true$/,
  'networking.gke.io/load-balancer-type': /^internal$/i,
  'cloud.google.com/load-balancer-type': /^internal$/i,
  'service.beta.kubernetes.io/oci-load-balancer-internal': /^true$/,
  'service.beta.kubernetes.io/openstack-internal-load-balancer': /^true$/,
  'service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type': /^private$/,
  'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type': /^intranet$/,
};

const INTERNAL_INGRESS: Readonly<Record<string, RegExp>> = {
  'alb.ingress.kubernetes.io/scheme': /^internal$/,
  'appgw.ingress.kubernetes.io/use-private-ip': /^true$/,
  'kubernetes.io/ingress.class': /^gce-internal$/,
};

const PLAIN_INGRESS: Readonly<Record<string, RegExp>> = {
  'nginx.ingress.kubernetes.io/ssl-redirect': /^false$/,
};

const EVERY_ADDRESS = ['0.0.0.0/0', '::/0'];

/** A node port counts as public: nothing in the object says that the nodes are not. */
function servicePublic(view: View, spell: Spell): Truth {
  const type = orElse(view.string(spell('spec.type')), 'ClusterIP');
  const ranges = spell('spec.loadBalancerSourceRanges');
  const open = anyOf(not(present(view.read(ranges))), includesAny(view, ranges, EVERY_ADDRESS));
  return anyOf(
    equals(type, 'NodePort'),
    allOf(equals(type, 'LoadBalancer'), not(annotated(view, spell, INTERNAL_SERVICE)), open),
    // Traffic to these addresses ends at the service wherever a router sends it (CVE-2020-8554).
    present(view.read(spell('spec.externalIPs'))),
  );
}

function ingressFacts(view: View, spell: Spell): Facts {
  const internal = anyOf(
    annotated(view, spell, INTERNAL_INGRESS),
    equals(view.string(spell('spec.ingressClassName')), 'gce-internal'),
    albByDefault(view, spell),
  );
  return {
    public: not(internal),
    encrypted_in_transit: allOf(
      present(view.read(spell('spec.tls'))),
      not(annotated(view, spell, PLAIN_INGRESS)),
    ),
  };
}

/** The AWS controller makes internal load balancers unless told otherwise. */
function albByDefault(view: View, spell: Spell): Truth {
  const scheme = annotation(view, spell, 'alb.ingress.kubernetes.io/scheme');
  return allOf(equals(view.string(spell('spec.ingressClassName')), 'alb'), not(present(scheme)));
}

function annotated(view: View, spell: Spell, wanted: Readonly<Record<string, RegExp>>): Truth {
  const found = Object.entries(wanted).map(([key, pattern]) =>
    holds(annotation(view, spell, key), (value) => pattern.test(value)),
  );
  return anyOf(...found);
}

function annotation(view: View, spell: Spell, key: string): Read<string> {
  return view.string(joinPath(spell('metadata.annotations'), key));
}

/** A Gateway has listeners, an Istio Gateway servers; each takes TLS, or plain HTTP to send it to TLS. */
function gatewayEncrypts(view: View): Truth {
  const listeners = everyOf(view.list('spec.listeners'), (listener) =>
    oneOf(listener.string('protocol'), ['HTTPS', 'TLS']),
  );
  const servers = everyOf(view.list('spec.servers'), (server) =>
    anyOf(
      oneOf(server.string('port.protocol'), ['HTTPS', 'TLS']),
      equals(server.boolean('tls.httpsRedirect'), true),
    ),
  );
  return allOf(listeners, servers);
}

/** UNSET and a missing mode take over what the mesh or the namespace says, which this object does not show. */
function mutualTls(view: View): Truth | undefined {
  const mode = view.string('spec.mtls.mode');
  if (mode === undefined || mode === 'UNSET') return undefined;
  return equals(mode, 'STRICT');
}
