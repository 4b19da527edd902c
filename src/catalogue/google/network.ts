import { UNKNOWN } from '../facts.ts';
import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { admitsEveryone, beyondWeb, everyPort, reachesAdmin } from '../ports.ts';
import type { Ports } from '../ports.ts';
import { firstOf, hasBlock, names, orNames, tlsVersion } from '../terraform.ts';
import {
  allOf,
  anyOf,
  equals,
  holds,
  not,
  oneOf,
  orElse,
  someOf,
  strings,
  when,
} from '../values.ts';
import type { Truth } from '../values.ts';
import type { Read, View } from '../view.ts';
import { UNLABELLED, googleKind } from './service.ts';

/**
 * Page google_compute_firewall: a rule lets in unless it says EGRESS or stands disabled. Where no source is written, not
 * even by tag or service account, every address is one.
 */
function firewall(view: View): Facts {
  return {
    open_ingress: opens(view, beyondWeb),
    open_admin_port: opens(view, reachesAdmin),
    open_egress: allOf(
      active(view),
      equals(view.string('direction'), 'EGRESS'),
      orAll(strings(view, 'destination_ranges')),
      someAllowed(view, everyPort),
    ),
    logging: anyOf(hasBlock(view, 'log_config'), orElse(view.boolean('enable_logging'), false)),
  };
}

function opens(view: View, test: (ports: Ports) => Truth): Truth {
  const inward = not(equals(view.string('direction'), 'EGRESS'));
  return allOf(active(view), inward, fromAnyone(view), someAllowed(view, test));
}

function active(view: View): Truth {
  return not(orElse(view.boolean('disabled'), false));
}

function fromAnyone(view: View): Truth {
  const narrowed = anyOf(names(view, 'source_tags'), names(view, 'source_service_accounts'));
  const ranges = strings(view, 'source_ranges');
  return anyOf(admitsEveryone(ranges), allOf(empty(ranges), not(narrowed)));
}

function orAll(ranges: Ports): Truth {
  return anyOf(admitsEveryone(ranges), empty(ranges));
}

function empty(list: Ports): Truth {
  return list === undefined || holds(list, (items) => items.length === 0);
}

/** Protocols without ports (icmp, esp, ah, …) open none; tcp, udp, sctp and all without a port open every one. */
function someAllowed(view: View, test: (ports: Ports) => Truth): Truth {
  return someOf(view.list('allow'), (allow) => {
    const ported = holds(allow.string('protocol'), (name) =>
      /^(?:tcp|udp|sctp|all|6|17|132)$/i.test(name),
    );
    const ports = strings(allow, 'ports');
    return allOf(ported, when(empty(ports), test(['*']), test(ports)));
  });
}

/** Flow logs cannot be had where the subnet belongs to a load balancer or to private service connections. */
function subnetwork(view: View): Facts {
  const plain = not(
    oneOf(view.string('purpose'), [
      'INTERNAL_HTTPS_LOAD_BALANCER',
      'REGIONAL_MANAGED_PROXY',
      'GLOBAL_MANAGED_PROXY',
      'PRIVATE_SERVICE_CONNECT',
      'PRIVATE_NAT',
    ]),
  );
  return plain === false
    ? {}
    : {
        logging: anyOf(
          hasBlock(view, 'log_config'),
          orElse(view.boolean('enable_flow_logs'), false),
        ),
      };
}

/** A balancer's scheme: EXTERNAL and EXTERNAL_MANAGED stand on the internet. Pages say: "Default value is `EXTERNAL`". */
function external(view: View): Truth {
  const scheme = orElse(view.string('load_balancing_scheme'), 'EXTERNAL');
  return holds(scheme, (text) => text.startsWith('EXTERNAL'));
}

const SECURE = [
  'google_compute_target_https_proxy',
  'google_compute_region_target_https_proxy',
  'google_compute_target_ssl_proxy',
];
const PLAIN = ['google_compute_target_http_proxy', 'google_compute_region_target_http_proxy'];

/** Encrypted as the proxy behind it is; where that is not in the document, as its port promises. */
function forwardingRule(view: View): Facts {
  const secure = view.targets('target', SECURE).views.length > 0;
  const plain = view.targets('target', PLAIN).views.length > 0;
  const port = firstOf(view.string('port_range'), view.string('ports[0]'));
  return {
    public: external(view),
    public_ip: external(view),
    encrypted_in_transit:
      secure || (plain ? false : holds(port, (range) => /^443(?:-443)?$/.test(range))),
  };
}

const POLICIES = ['google_compute_security_policy', 'google_compute_region_security_policy'];

/** Page google_compute_backend_service: requests are not logged unless told. */
function backendService(view: View): Facts {
  return {
    public: external(view),
    waf: orNames(names(view, 'security_policy'), view, 'security_policy', POLICIES),
    logging: orElse(view.boolean('log_config[0].enable'), false),
  };
}

const SSL_POLICIES = ['google_compute_ssl_policy', 'google_compute_region_ssl_policy'];

/** Page google_compute_ssl_policy: TLS 1.0 is the lowest unless told; so it is where there is no policy at all. */
function targetProxy(view: View): Facts {
  const secure = SECURE.includes(view.resource.type);
  return secure
    ? { encrypted_in_transit: true, tls_version: proxyTls(view) }
    : { encrypted_in_transit: false };
}

function proxyTls(view: View): Read<string> {
  if (view.read('ssl_policy') === undefined) return '1.0';
  const [policy] = view.targets('ssl_policy', SSL_POLICIES).views;
  return policy === undefined ? UNKNOWN : lowest(policy);
}

function lowest(policy: View): Read<string> {
  return tlsVersion(policy.string('min_tls_version'), '1.0');
}

export const NETWORK: readonly Kind[] = [
  googleKind({
    kind: 'gcp.compute.network',
    title: 'VPC network',
    types: ['google_compute_network'],
    tags: UNLABELLED,
    facts: () => ({}),
  }),
  googleKind({
    kind: 'gcp.compute.subnetwork',
    title: 'VPC subnetwork',
    types: ['google_compute_subnetwork'],
    tags: UNLABELLED,
    facts: subnetwork,
  }),
  googleKind({
    kind: 'gcp.compute.firewall',
    title: 'VPC firewall rule',
    types: ['google_compute_firewall'],
    tags: UNLABELLED,
    facts: firewall,
  }),
  googleKind({
    kind: 'gcp.compute.address',
    title: 'Reserved IP address',
    types: ['google_compute_address', 'google_compute_global_address'],
    facts: (view) => ({
      public_ip: equals(orElse(view.string('address_type'), 'EXTERNAL'), 'EXTERNAL'),
    }),
  }),
  googleKind({
    kind: 'gcp.compute.nat',
    title: 'Cloud NAT',
    types: ['google_compute_router_nat'],
    tags: UNLABELLED,
    facts: (view) => ({ logging: orElse(view.boolean('log_config[0].enable'), false) }),
  }),
  googleKind({
    kind: 'gcp.compute.forwarding_rule',
    title: 'Forwarding rule of a load balancer',
    types: ['google_compute_forwarding_rule', 'google_compute_global_forwarding_rule'],
    facts: forwardingRule,
  }),
  googleKind({
    kind: 'gcp.compute.backend_service',
    title: 'Backend service of a load balancer',
    types: ['google_compute_backend_service', 'google_compute_region_backend_service'],
    tags: UNLABELLED,
    facts: backendService,
  }),
  googleKind({
    kind: 'gcp.compute.target_proxy',
    title: 'Target proxy of a load balancer',
    types: [...SECURE, ...PLAIN],
    tags: UNLABELLED,
    facts: targetProxy,
  }),
  googleKind({
    kind: 'gcp.compute.ssl_policy',
    title: 'SSL policy of a load balancer',
    types: SSL_POLICIES,
    tags: UNLABELLED,
    facts: (view) => ({ tls_version: lowest(view) }),
  }),
  googleKind({
    kind: 'gcp.compute.security_policy',
    title: 'Cloud Armor security policy',
    types: POLICIES,
    tags: UNLABELLED,
    facts: () => ({ waf: true }),
  }),
  googleKind({
    kind: 'gcp.dns.zone',
    title: 'Cloud DNS zone',
    types: ['google_dns_managed_zone'],
    facts: (view) => ({
      stateful: true,
      logging: orElse(view.boolean('cloud_logging_config[0].enable_logging'), false),
    }),
  }),
];
