import type { Facts } from '../facts.ts';
import { hasBlock } from '../terraform.ts';
import {
  allOf,
  anyOf,
  equals,
  everyOf,
  holds,
  includesAny,
  map,
  not,
  oneOf,
  orElse,
  present,
  someOf,
} from '../values.ts';
import type { Truth } from '../values.ts';
import type { Read, View } from '../view.ts';
import { policyAt, trustsAnyone } from './policy-document.ts';
import { awsKind, companion, firewalled, flag, several } from './service.ts';

/** Page aws_lb: facing the internet, without access logs and without deletion protection, unless told. */
function loadBalancer(view: View): Facts {
  const type = orElse(view.string('load_balancer_type'), 'application');
  return {
    public: not(flag(view, 'internal', false)),
    logging: flag(view, 'access_logs[0].enabled', false),
    deletion_protected: flag(view, 'enable_deletion_protection', false),
    multi_zone: anyOf(several(view, 'subnets'), several(view, 'subnet_mapping')),
    // Web access control lists attach to application load balancers only.
    ...(type === 'application' ? { waf: firewalled(view) } : {}),
  };
}

/** Page aws_elb: an `access_logs` block is on unless it says otherwise. */
function classicBalancer(view: View): Facts {
  return {
    public: not(flag(view, 'internal', false)),
    logging: allOf(hasBlock(view, 'access_logs'), flag(view, 'access_logs[0].enabled', true)),
    encrypted_in_transit: everyOf(view.list('listener'), (listener) =>
      holds(listener.string('lb_protocol'), (protocol) => /^(?:https|ssl)$/i.test(protocol)),
    ),
    multi_zone: anyOf(several(view, 'availability_zones'), several(view, 'subnets')),
  };
}

/** Encrypted, or nothing but a redirect to what is. */
function listener(view: View): Facts {
  const encrypted = oneOf(view.string('protocol'), ['HTTPS', 'TLS']);
  const redirects = someOf(view.list('default_action'), (action) =>
    equals(action.string('redirect[0].protocol'), 'HTTPS'),
  );
  return { encrypted_in_transit: anyOf(encrypted, redirects), tls_version: listenerTls(view) };
}

/** Names of security policies end in the lowest version they take: `…-TLS13-1-2-2021-06`, `…-TLS-1-1-2017-01`. */
function listenerTls(view: View): Read<string> {
  return map(view.string('ssl_policy'), (name) => {
    const found = /TLS13-1-([0-3])|TLS-1-([0-3])/.exec(name);
    return `1.${found?.[1] ?? found?.[2] ?? '0'}`;
  });
}

function targetGroup(view: View): Facts {
  const protocol = view.string('protocol');
  return { encrypted_in_transit: map(protocol, (name) => name === 'HTTPS' || name === 'TLS') };
}

const ENCRYPTED = ['https-only', 'redirect-to-https'];

function distribution(view: View): Facts {
  const behaviour = (cache: View): Truth =>
    oneOf(cache.string('viewer_protocol_policy'), ENCRYPTED);
  return {
    public: true,
    encrypted_in_transit: allOf(
      someOf(view.list('default_cache_behavior'), behaviour),
      everyOf(view.list('ordered_cache_behavior'), behaviour),
    ),
    tls_version: viewerTls(view),
    logging: anyOf(
      hasBlock(view, 'logging_config'),
      companion(view, ['aws_cloudwatch_log_delivery_source'], 'resource_arn'),
    ),
    waf: present(view.read('web_acl_id')),
  };
}

/** Page aws_cloudfront_distribution: CloudFront's own certificate means TLSv1, whatever else is written. */
function viewerTls(view: View): Read<string> {
  if (view.boolean('viewer_certificate[0].cloudfront_default_certificate') === true) return '1.0';
  return map(view.string('viewer_certificate[0].minimum_protocol_version'), (name) => {
    const minor = /1\.([0-3])/.exec(name)?.[1];
    return `1.${minor ?? '0'}`;
  });
}

/** An API is public unless it is reachable through VPC endpoints alone. */
function restApi(view: View): Facts {
  return {
    public: not(includesAny(view, 'endpoint_configuration[0].types', ['PRIVATE'])),
    anyone_trusted: anyOf(
      trustsAnyone(policyAt(view, 'policy')),
      companion(view, ['aws_api_gateway_rest_api_policy'], 'rest_api_id', (one) =>
        trustsAnyone(policyAt(one, 'policy')),
      ),
    ),
  };
}

function stage(view: View): Facts {
  return {
    name: orElse(view.string('stage_name'), view.string('name')),
    logging: hasBlock(view, 'access_log_settings'),
    ...(view.resource.type === 'aws_api_gateway_stage'
      ? { monitoring: flag(view, 'xray_tracing_enabled', false), waf: firewalled(view) }
      : {}),
  };
}

function domainName(view: View): Facts {
  const newer = view.string('domain_name_configuration[0].security_policy');
  const policy = orElse(view.string('security_policy'), newer);
  return {
    name: view.string('domain_name'),
    tls_version: map(policy, (name) => name.replace(/^TLS_1_/, '1.')),
  };
}

export const EDGE_KINDS = [
  awsKind({
    kind: 'aws.elb.load_balancer',
    title: 'Load balancer',
    types: ['aws_lb', 'aws_alb'],
    facts: loadBalancer,
  }),
  awsKind({
    kind: 'aws.elb.classic',
    title: 'Classic load balancer',
    types: ['aws_elb'],
    facts: classicBalancer,
  }),
  awsKind({
    kind: 'aws.elb.listener',
    title: 'Listener of a load balancer',
    types: ['aws_lb_listener', 'aws_alb_listener'],
    facts: listener,
  }),
  awsKind({
    kind: 'aws.elb.target_group',
    title: 'Target group',
    types: ['aws_lb_target_group', 'aws_alb_target_group'],
    facts: targetGroup,
  }),
  awsKind({
    kind: 'aws.cloudfront.distribution',
    title: 'CloudFront distribution',
    types: ['aws_cloudfront_distribution'],
    facts: distribution,
  }),
  awsKind({
    kind: 'aws.apigateway.rest_api',
    title: 'REST API',
    types: ['aws_api_gateway_rest_api'],
    facts: restApi,
  }),
  awsKind({
    kind: 'aws.apigateway.http_api',
    title: 'HTTP or WebSocket API',
    types: ['aws_apigatewayv2_api'],
    facts: (view) => ({ public: not(flag(view, 'disable_execute_api_endpoint', false)) }),
  }),
  awsKind({
    kind: 'aws.apigateway.stage',
    title: 'Stage of an API',
    types: ['aws_api_gateway_stage', 'aws_apigatewayv2_stage'],
    facts: stage,
  }),
  awsKind({
    kind: 'aws.apigateway.domain_name',
    title: 'Domain name of an API',
    types: ['aws_api_gateway_domain_name', 'aws_apigatewayv2_domain_name'],
    facts: domainName,
  }),
  awsKind({
    kind: 'aws.wafv2.web_acl',
    title: 'Web access control list',
    types: ['aws_wafv2_web_acl'],
    facts: (view) => ({
      logging: companion(view, ['aws_wafv2_web_acl_logging_configuration'], 'resource_arn'),
      monitoring: flag(view, 'visibility_config[0].cloudwatch_metrics_enabled', false),
    }),
  }),
  awsKind({
    kind: 'aws.globalaccelerator.accelerator',
    title: 'Global Accelerator',
    types: ['aws_globalaccelerator_accelerator'],
    facts: (view) => ({
      public: true,
      logging: flag(view, 'attributes[0].flow_logs_enabled', false),
    }),
  }),
];
