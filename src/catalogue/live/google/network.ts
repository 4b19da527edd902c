import { flag, orNone, text, texts } from '../read.ts';
import type { Restated, Restatement } from '../restatement.ts';
import { asset, block, each } from './asset.ts';
import type { Data, Told } from './asset.ts';
import { byRegion } from './compute.ts';

function firewall(data: Data): Told {
  return {
    direction: orNone(text(data, 'direction')),
    disabled: flag(data, 'disabled') ?? false,
    source_ranges: orNone(texts(data, 'sourceRanges')),
    source_tags: orNone(texts(data, 'sourceTags')),
    source_service_accounts: orNone(texts(data, 'sourceServiceAccounts')),
    destination_ranges: orNone(texts(data, 'destinationRanges')),
    allow: each(data, 'allowed', (rule) => ({
      protocol: text(rule, 'IPProtocol'),
      ports: orNone(texts(rule, 'ports')),
    })),
    log_config: block(flag(data, 'logConfig.enable') === true),
    enable_logging: null,
  };
}

/** Older subnets have the switch alone, newer ones both. */
function subnetwork(data: Data): Told {
  const logs = flag(data, 'logConfig.enable') ?? flag(data, 'enableFlowLogs') ?? false;
  return {
    purpose: orNone(text(data, 'purpose')),
    log_config: block(logs),
    enable_flow_logs: null,
  };
}

function forwardingRule(data: Data): Told {
  return {
    load_balancing_scheme: orNone(text(data, 'loadBalancingScheme')),
    port_range: orNone(text(data, 'portRange')),
    ports: orNone(texts(data, 'ports')),
  };
}

/** What the rule forwards to is named by its URL, `…/global/targetHttpsProxies/shop`, and the URL tells what it is. */
function proxyOf(data: Data): Omit<Restated, 'attributes'> {
  const target = text(data, 'target') ?? '';
  const found = PROXIES.filter(([collection]) => target.includes(`/${collection}/`));
  return { companions: found.map(([, type]) => ({ type, attributes: {} })) };
}

const PROXIES: readonly (readonly [collection: string, type: string])[] = [
  ['targetHttpsProxies', 'google_compute_target_https_proxy'],
  ['targetSslProxies', 'google_compute_target_ssl_proxy'],
  ['targetHttpProxies', 'google_compute_target_http_proxy'],
];

function backendService(data: Data): Told {
  return {
    load_balancing_scheme: orNone(text(data, 'loadBalancingScheme')),
    security_policy: orNone(text(data, 'securityPolicy')),
    log_config: [{ enable: flag(data, 'logConfig.enable') }],
  };
}

function proxy(data: Data): Told {
  return { ssl_policy: orNone(text(data, 'sslPolicy')) };
}

function address(data: Data): Told {
  return { address_type: orNone(text(data, 'addressType')) };
}

function zone(data: Data): Told {
  return {
    cloud_logging_config: [{ enable_logging: flag(data, 'cloudLoggingConfig.enableLogging') }],
  };
}

export const NETWORK: readonly Restatement[] = [
  asset({ type: 'compute.googleapis.com/Network', as: 'google_compute_network' }),
  asset({
    type: 'compute.googleapis.com/Subnetwork',
    as: 'google_compute_subnetwork',
    attributes: subnetwork,
  }),
  asset({
    type: 'compute.googleapis.com/Firewall',
    as: 'google_compute_firewall',
    attributes: firewall,
  }),
  asset({
    type: 'compute.googleapis.com/Address',
    as: 'google_compute_address',
    attributes: address,
  }),
  asset({
    type: 'compute.googleapis.com/GlobalAddress',
    as: 'google_compute_global_address',
    attributes: address,
  }),
  asset({
    type: 'compute.googleapis.com/ForwardingRule',
    as: 'google_compute_forwarding_rule',
    attributes: forwardingRule,
    companions: proxyOf,
  }),
  asset({
    type: 'compute.googleapis.com/GlobalForwardingRule',
    as: 'google_compute_global_forwarding_rule',
    attributes: forwardingRule,
    companions: proxyOf,
  }),
  asset({
    type: 'compute.googleapis.com/BackendService',
    as: byRegion('google_compute_backend_service', 'google_compute_region_backend_service'),
    attributes: backendService,
  }),
  asset({
    type: 'compute.googleapis.com/RegionBackendService',
    as: 'google_compute_region_backend_service',
    attributes: backendService,
  }),
  asset({
    type: 'compute.googleapis.com/TargetHttpsProxy',
    as: byRegion('google_compute_target_https_proxy', 'google_compute_region_target_https_proxy'),
    attributes: proxy,
  }),
  asset({
    type: 'compute.googleapis.com/TargetSslProxy',
    as: 'google_compute_target_ssl_proxy',
    attributes: proxy,
  }),
  asset({
    type: 'compute.googleapis.com/TargetHttpProxy',
    as: byRegion('google_compute_target_http_proxy', 'google_compute_region_target_http_proxy'),
  }),
  asset({
    type: 'compute.googleapis.com/SslPolicy',
    as: byRegion('google_compute_ssl_policy', 'google_compute_region_ssl_policy'),
    attributes: (data) => ({ min_tls_version: orNone(text(data, 'minTlsVersion')) }),
  }),
  asset({
    type: 'compute.googleapis.com/SecurityPolicy',
    as: byRegion('google_compute_security_policy', 'google_compute_region_security_policy'),
  }),
  asset({
    type: 'dns.googleapis.com/ManagedZone',
    as: 'google_dns_managed_zone',
    attributes: zone,
  }),
];
