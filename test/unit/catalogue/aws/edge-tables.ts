import type { FactTable } from '../../../builders.ts';
import { EVERYONE, U, loose, says, table, tied, toCome } from './table.ts';

const waf = (target: string): ReturnType<typeof tied> =>
  tied('aws_wafv2_web_acl_association', 'resource_arn', target);
const behind = loose('aws_wafv2_web_acl_association', 'resource_arn');

export const EDGE_TABLES: readonly FactTable[] = [
  table(
    'aws.elb.load_balancer',
    'aws_lb',
    says(
      'bare',
      { subnets: ['a'] },
      { public: true, logging: false, deletion_protected: false, multi_zone: false, waf: false },
      { details: { computed: ['internal'] } },
    ),
    says(
      'well kept',
      {
        internal: true,
        access_logs: [{ enabled: true }],
        enable_deletion_protection: true,
        subnets: ['a', 'b'],
      },
      { public: false, logging: true, deletion_protected: true, multi_zone: true, waf: true },
      { type: 'aws_alb', with: [waf('aws_alb')] },
    ),
    says(
      'of the network, where no web access control list attaches',
      { load_balancer_type: 'network' },
      { waf: undefined },
    ),
    toCome(
      ['internal', 'access_logs', 'enable_deletion_protection', 'subnets'],
      { public: U, logging: U, deletion_protected: U, multi_zone: U, waf: U },
      { with: [behind] },
    ),
  ),
  table(
    'aws.elb.classic',
    'aws_elb',
    says(
      'bare',
      { listener: [{ lb_protocol: 'http' }], availability_zones: ['a'] },
      { public: true, logging: false, encrypted_in_transit: false, multi_zone: false },
    ),
    says(
      'well kept',
      {
        internal: true,
        access_logs: [{ bucket: 'b' }],
        listener: [{ lb_protocol: 'HTTPS' }],
        availability_zones: ['a', 'b'],
      },
      { public: false, logging: true, encrypted_in_transit: true, multi_zone: true },
    ),
    says('with its log switched off', { access_logs: [{ enabled: false }] }, { logging: false }),
    toCome(['internal', 'access_logs', 'listener', 'availability_zones'], {
      public: U,
      logging: U,
      encrypted_in_transit: U,
      multi_zone: U,
    }),
  ),
  table(
    'aws.elb.listener',
    'aws_lb_listener',
    says(
      'clear',
      { protocol: 'HTTP', default_action: [{ type: 'forward' }] },
      { encrypted_in_transit: false, tls_version: undefined },
    ),
    says(
      'that only redirects',
      { protocol: 'HTTP', default_action: [{ redirect: [{ protocol: 'HTTPS' }] }] },
      { encrypted_in_transit: true },
    ),
    says(
      'over TLS 1.2',
      { protocol: 'HTTPS', ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' },
      { encrypted_in_transit: true, tls_version: '1.2' },
      { type: 'aws_alb_listener' },
    ),
    says(
      'over TLS 1.1',
      { protocol: 'TLS', ssl_policy: 'ELBSecurityPolicy-TLS-1-1-2017-01' },
      { tls_version: '1.1' },
    ),
    says(
      'by the policy of 2016',
      { protocol: 'HTTPS', ssl_policy: 'ELBSecurityPolicy-2016-08' },
      { tls_version: '1.0' },
    ),
    toCome(['protocol', 'ssl_policy'], { encrypted_in_transit: U, tls_version: U }),
  ),
  table(
    'aws.elb.target_group',
    'aws_lb_target_group',
    says('clear', { protocol: 'HTTP' }, { encrypted_in_transit: false }),
    says(
      'over TLS',
      { protocol: 'HTTPS' },
      { encrypted_in_transit: true },
      { type: 'aws_alb_target_group' },
    ),
    says(
      'of functions, which have no protocol',
      { target_type: 'lambda' },
      { encrypted_in_transit: undefined },
    ),
    toCome(['protocol'], { encrypted_in_transit: U }),
  ),
  table(
    'aws.cloudfront.distribution',
    'aws_cloudfront_distribution',
    says(
      'bare',
      {
        default_cache_behavior: [{ viewer_protocol_policy: 'allow-all' }],
        viewer_certificate: [{ cloudfront_default_certificate: true }],
      },
      { public: true, encrypted_in_transit: false, tls_version: '1.0', logging: false, waf: false },
    ),
    says(
      'well kept',
      {
        default_cache_behavior: [{ viewer_protocol_policy: 'redirect-to-https' }],
        viewer_certificate: [{ minimum_protocol_version: 'TLSv1.2_2021' }],
        logging_config: [{ bucket: 'b' }],
        web_acl_id: 'w',
      },
      { encrypted_in_transit: true, tls_version: '1.2', logging: true, waf: true },
    ),
    says(
      'with one path in clear text',
      {
        default_cache_behavior: [{ viewer_protocol_policy: 'https-only' }],
        ordered_cache_behavior: [{ viewer_protocol_policy: 'allow-all' }],
      },
      { encrypted_in_transit: false },
    ),
    toCome(['default_cache_behavior', 'viewer_certificate', 'logging_config', 'web_acl_id'], {
      encrypted_in_transit: U,
      tls_version: U,
      logging: U,
      waf: U,
    }),
  ),
  table(
    'aws.apigateway.rest_api',
    'aws_api_gateway_rest_api',
    says('bare', {}, { public: true, anyone_trusted: false }),
    says('private', { endpoint_configuration: [{ types: ['PRIVATE'] }] }, { public: false }),
    says('open by policy', { policy: EVERYONE }, { anyone_trusted: true }),
    toCome(['endpoint_configuration', 'policy'], { public: U, anyone_trusted: U }),
  ),
  table(
    'aws.apigateway.http_api',
    'aws_apigatewayv2_api',
    says('bare', {}, { public: true }),
    says('behind a name of its own', { disable_execute_api_endpoint: true }, { public: false }),
    toCome(['disable_execute_api_endpoint'], { public: U }),
  ),
  table(
    'aws.apigateway.stage',
    'aws_api_gateway_stage',
    says(
      'bare',
      { stage_name: 'v1' },
      { name: 'v1', logging: false, monitoring: false, waf: false },
    ),
    says(
      'watched',
      { access_log_settings: [{ destination_arn: 'l' }], xray_tracing_enabled: true },
      { logging: true, monitoring: true, waf: true },
      { with: [waf('aws_api_gateway_stage')] },
    ),
    says(
      'of an HTTP API',
      { name: 'v1' },
      { name: 'v1', logging: false, monitoring: undefined, waf: undefined },
      { type: 'aws_apigatewayv2_stage' },
    ),
    toCome(
      ['access_log_settings', 'xray_tracing_enabled'],
      { logging: U, monitoring: U, waf: U },
      { with: [behind] },
    ),
  ),
  table(
    'aws.apigateway.domain_name',
    'aws_api_gateway_domain_name',
    says(
      'of a REST API',
      { domain_name: 'd', security_policy: 'TLS_1_2' },
      { name: 'd', tls_version: '1.2' },
    ),
    says(
      'of an HTTP API',
      { domain_name_configuration: [{ security_policy: 'TLS_1_0' }] },
      { tls_version: '1.0' },
      { type: 'aws_apigatewayv2_domain_name' },
    ),
    toCome(['security_policy'], { tls_version: U }),
  ),
  table(
    'aws.wafv2.web_acl',
    'aws_wafv2_web_acl',
    says('bare', {}, { logging: false, monitoring: false }),
    says(
      'watched',
      { visibility_config: [{ cloudwatch_metrics_enabled: true }] },
      { logging: true, monitoring: true },
      {
        with: [
          tied('aws_wafv2_web_acl_logging_configuration', 'resource_arn', 'aws_wafv2_web_acl'),
        ],
      },
    ),
    toCome(
      ['visibility_config'],
      { monitoring: U, logging: U },
      { with: [loose('aws_wafv2_web_acl_logging_configuration', 'resource_arn')] },
    ),
  ),
  table(
    'aws.globalaccelerator.accelerator',
    'aws_globalaccelerator_accelerator',
    says('bare', {}, { public: true, logging: false }),
    says('logged', { attributes: [{ flow_logs_enabled: true }] }, { logging: true }),
    toCome(['attributes'], { logging: U }),
  ),
];
