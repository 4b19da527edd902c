import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { both } from './dialects.ts';
import type { ApiTable } from './dialects.ts';

const annotated = (annotations: object, spec: object): Record<string, unknown> => ({
  metadata: { name: 'web', annotations },
  spec,
});
const BALANCER = { type: 'LoadBalancer' };

const SERVICE: ApiTable = {
  kind: 'kubernetes.service',
  type: 'v1/Service',
  terraform: both('kubernetes_service'),
  cases: [
    { it: 'is for the cluster by default', attributes: { spec: {} }, facts: { public: false } },
    { it: 'a load balancer', attributes: { spec: BALANCER }, facts: { public: true } },
    { it: 'a node port', attributes: { spec: { type: 'NodePort' } }, facts: { public: true } },
    {
      it: 'external addresses, whatever the type',
      attributes: { spec: { type: 'ClusterIP', externalIPs: ['203.0.113.7'] } },
      facts: { public: true },
    },
    ...Object.entries({
      'service.beta.kubernetes.io/aws-load-balancer-internal': 'true',
      'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
      'service.beta.kubernetes.io/azure-load-balancer-internal': 'true',
      'networking.gke.io/load-balancer-type': 'Internal',
      'service.beta.kubernetes.io/oci-load-balancer-internal': 'true',
    }).map(([key, value]) => ({
      it: `a load balancer kept inside by ${key}`,
      attributes: annotated({ [key]: value }, BALANCER),
      facts: { public: false },
    })),
    {
      it: 'a load balancer explicitly not kept inside',
      attributes: annotated(
        { 'service.beta.kubernetes.io/aws-load-balancer-internal': 'false' },
        BALANCER,
      ),
      facts: { public: true },
    },
    {
      it: 'a load balancer for some addresses',
      attributes: { spec: { ...BALANCER, loadBalancerSourceRanges: ['198.51.100.0/24'] } },
      facts: { public: false },
    },
    {
      it: 'a load balancer for some addresses and all others',
      attributes: { spec: { ...BALANCER, loadBalancerSourceRanges: ['10.0.0.0/8', '0.0.0.0/0'] } },
      facts: { public: true },
    },
    {
      it: 'a type still to come',
      attributes: { spec: {} },
      details: { unknown: ['spec.type'] },
      facts: { public: UNKNOWN },
    },
  ],
};

const INGRESS: ApiTable = {
  kind: 'kubernetes.ingress',
  type: 'networking.k8s.io/v1/Ingress',
  terraform: both('kubernetes_ingress'),
  cases: [
    {
      it: 'is public, and takes plain HTTP without certificates',
      attributes: { spec: {} },
      facts: { public: true, encrypted_in_transit: false },
    },
    {
      it: 'with a certificate',
      attributes: { spec: { tls: [{ hosts: ['shop.example.com'] }] } },
      facts: { encrypted_in_transit: true },
    },
    {
      it: 'with a certificate that nobody is sent to',
      attributes: annotated(
        { 'nginx.ingress.kubernetes.io/ssl-redirect': 'false' },
        { tls: [{ hosts: ['shop.example.com'] }] },
      ),
      facts: { encrypted_in_transit: false },
    },
    {
      it: 'an internal one by class',
      attributes: { spec: { ingressClassName: 'gce-internal' } },
      facts: { public: false },
    },
    {
      it: 'an AWS one is internal by default',
      attributes: { spec: { ingressClassName: 'alb' } },
      facts: { public: false },
    },
    {
      it: 'an AWS one that faces the internet',
      attributes: annotated(
        { 'alb.ingress.kubernetes.io/scheme': 'internet-facing' },
        { ingressClassName: 'alb' },
      ),
      facts: { public: true },
    },
    {
      it: 'an internal one by annotation',
      attributes: annotated({ 'appgw.ingress.kubernetes.io/use-private-ip': 'true' }, {}),
      facts: { public: false },
    },
    {
      it: 'annotations and certificates still to come',
      attributes: { metadata: {}, spec: {} },
      details: { unknown: ['metadata.annotations', 'spec.tls'] },
      facts: { public: UNKNOWN, encrypted_in_transit: UNKNOWN },
    },
  ],
};

const listeners = (...protocols: string[]): Record<string, unknown> => ({
  spec: { listeners: protocols.map((protocol) => ({ protocol })) },
});

const GATEWAYS: readonly ApiTable[] = [
  {
    kind: 'kubernetes.gateway',
    type: 'gateway.networking.k8s.io/v1/Gateway',
    cases: [
      {
        it: 'TLS alone',
        attributes: listeners('HTTPS', 'TLS'),
        facts: { encrypted_in_transit: true },
      },
      {
        it: 'HTTP too',
        attributes: listeners('HTTPS', 'HTTP'),
        facts: { encrypted_in_transit: false },
      },
      {
        it: 'listeners still to come',
        details: { unknown: ['spec.listeners'] },
        facts: { encrypted_in_transit: UNKNOWN },
      },
    ],
  },
  {
    kind: 'kubernetes.gateway',
    type: 'networking.istio.io/v1/Gateway',
    cases: [
      {
        it: 'plain HTTP that is sent to TLS counts as TLS',
        attributes: {
          spec: {
            servers: [
              { port: { protocol: 'HTTP' }, tls: { httpsRedirect: true } },
              { port: { protocol: 'HTTPS' }, tls: { mode: 'SIMPLE' } },
            ],
          },
        },
        facts: { encrypted_in_transit: true },
      },
      {
        it: 'plain HTTP',
        attributes: { spec: { servers: [{ port: { protocol: 'HTTP' } }] } },
        facts: { encrypted_in_transit: false },
      },
    ],
  },
  {
    kind: 'istio.peerauthentication',
    type: 'security.istio.io/v1/PeerAuthentication',
    cases: [
      ...Object.entries({ STRICT: true, PERMISSIVE: false, DISABLE: false, UNSET: undefined }).map(
        ([mode, value]) => ({
          it: `mode ${mode}`,
          attributes: { spec: { mtls: { mode } } },
          facts: { encrypted_in_transit: value },
        }),
      ),
      { it: 'no mode', attributes: { spec: {} }, facts: { encrypted_in_transit: undefined } },
    ],
  },
];

export const NETWORK_TABLES: readonly ApiTable[] = [SERVICE, INGRESS, ...GATEWAYS];
