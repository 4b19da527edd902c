import { at, flag, given, has, list, object, objects, orNone, text, texts } from '../read.ts';
import type { LiveItem, Restatement } from '../restatement.ts';
import { awsItem, block, named, policyOf } from './item.ts';
import type { Item, Words } from './item.ts';

/** DescribeLoadBalancers; the attributes stand beside it as pairs. Access control lists are not told. */
function loadBalancer({ own, more }: Item): Words {
  const zones = objects(own, 'availabilityZones');
  const logging = attributeOf(more, 'access_logs.s3.enabled');
  return {
    attributes: {
      name: text(own, 'loadBalancerName'),
      load_balancer_type: text(own, 'type'),
      internal: given(text(own, 'scheme'), (scheme) => scheme === 'internal'),
      access_logs: given(logging, (enabled) => [{ enabled }]),
      enable_deletion_protection: attributeOf(more, 'deletion_protection.enabled'),
      subnets: zones?.map((zone) => text(zone, 'subnetId')),
      subnet_mapping: null,
    },
  };
}

function attributeOf(more: LiveItem, key: string): string | undefined {
  const pairs = objects(more, 'LoadBalancerAttributes');
  return text(
    pairs?.find((pair) => text(pair, 'key') === key),
    'value',
  );
}

/** DescribeLoadBalancers of the older API; its attributes stand beside it as an object. */
function classicBalancer({ own, more }: Item): Words {
  const accessLog = object(more, 'LoadBalancerAttributes.accessLog');
  return {
    attributes: {
      name: text(own, 'loadBalancerName'),
      internal: given(text(own, 'scheme'), (scheme) => scheme === 'internal'),
      access_logs: accessLog && [{ enabled: flag(accessLog, 'enabled') ?? false }],
      listener: objects(own, 'listenerDescriptions')?.map((one) => ({
        lb_protocol: text(one, 'listener.protocol'),
      })),
      availability_zones: list(own, 'availabilityZones'),
      subnets: list(own, 'subnets'),
    },
  };
}

/** By the CloudFormation schema. */
function listener({ own }: Item): Words {
  return {
    attributes: {
      protocol: text(own, 'Protocol'),
      ssl_policy: orNone(text(own, 'SslPolicy')),
      default_action: objects(own, 'DefaultActions')?.map((action) => ({
        redirect: block(object(action, 'RedirectConfig'), (one) => ({
          protocol: text(one, 'Protocol'),
        })),
      })),
    },
  };
}

/** GetDistribution. Logs of the second version are resources of their own, and not told. */
function distribution({ own }: Item): Words {
  const config = object(own, 'distributionConfig') ?? {};
  const behaviour = (cache: LiveItem): LiveItem => ({
    viewer_protocol_policy: text(cache, 'viewerProtocolPolicy'),
  });
  const logging = object(config, 'logging');
  return {
    attributes: {
      default_cache_behavior: objects(config, 'defaultCacheBehavior')?.map(behaviour),
      ordered_cache_behavior:
        object(config, 'cacheBehaviors') &&
        (objects(config, 'cacheBehaviors.items') ?? []).map(behaviour),
      viewer_certificate: objects(config, 'viewerCertificate')?.map(certificate),
      logging_config: logging && (flag(logging, 'enabled') === true ? [{ enabled: true }] : null),
      web_acl_id: text(config, 'webACLId'),
    },
  };
}

function certificate(found: LiveItem): LiveItem {
  return {
    cloudfront_default_certificate: flag(found, 'cloudFrontDefaultCertificate'),
    minimum_protocol_version: text(found, 'minimumProtocolVersion'),
  };
}

/** GetRestApi. The policy is left out where there is none, and by queries; so what is missing is unknown. */
function restApi({ own }: Item): Words {
  const policy = policyOf(at(own, 'policy'));
  return {
    attributes: {
      name: text(own, 'name'),
      endpoint_configuration: objects(own, 'endpointConfiguration')?.map((one) => ({
        types: texts(one, 'types') ?? null,
      })),
      policy,
    },
    tells: policy === undefined ? [] : ['aws_api_gateway_rest_api_policy'],
  };
}

/** Of both versions of API Gateway. */
function stageAttributes(own: LiveItem): LiveItem {
  return {
    stage_name: text(own, 'stageName'),
    name: text(own, 'stageName'),
    access_log_settings: block(object(own, 'accessLogSettings'), (one) => ({
      destination_arn: text(one, 'destinationArn'),
    })),
  };
}

const ACL_TYPES = ['aws_wafv2_web_acl_association', 'aws_wafregional_web_acl_association'];

/** GetStage, which names the access control list, or leaves it out. */
function stage({ own }: Item): Words {
  const guarded = (text(own, 'webAclArn') ?? '') !== '';
  return {
    attributes: { ...stageAttributes(own), xray_tracing_enabled: flag(own, 'tracingEnabled') },
    companions: guarded ? [{ type: 'aws_wafv2_web_acl_association', attributes: {} }] : [],
    tells: ACL_TYPES,
  };
}

/** GetWebACL; where it logs to is a call of its own. */
function webAcl({ own }: Item): Words {
  return {
    attributes: {
      name: text(own, 'name'),
      visibility_config: objects(own, 'visibilityConfig')?.map((one) => ({
        cloudwatch_metrics_enabled: flag(one, 'cloudWatchMetricsEnabled'),
      })),
    },
  };
}

function domainName({ own }: Item): Words {
  return {
    attributes: {
      domain_name: text(own, 'DomainName'),
      security_policy: has(own, 'DomainNameConfigurations') ? null : text(own, 'SecurityPolicy'),
      domain_name_configuration: (objects(own, 'DomainNameConfigurations') ?? []).map((one) => ({
        security_policy: text(one, 'SecurityPolicy'),
      })),
    },
  };
}

export const EDGE_RESTATEMENTS: readonly Restatement[] = [
  awsItem('AWS::ElasticLoadBalancingV2::LoadBalancer', 'aws_lb', loadBalancer),
  awsItem('AWS::ElasticLoadBalancing::LoadBalancer', 'aws_elb', classicBalancer),
  awsItem('AWS::ElasticLoadBalancingV2::Listener', 'aws_lb_listener', listener),
  awsItem('AWS::ElasticLoadBalancingV2::TargetGroup', 'aws_lb_target_group', ({ own }) => ({
    attributes: { name: text(own, 'Name'), protocol: text(own, 'Protocol') },
  })),
  awsItem('AWS::CloudFront::Distribution', 'aws_cloudfront_distribution', distribution, {
    // Headers that CloudFront sends to an origin are how many origins know it.
    sensitive: ['configuration.distributionConfig.origins'],
  }),
  awsItem('AWS::ApiGateway::RestApi', 'aws_api_gateway_rest_api', restApi),
  awsItem('AWS::ApiGatewayV2::Api', 'aws_apigatewayv2_api', ({ own }) => ({
    attributes: {
      name: text(own, 'name'),
      disable_execute_api_endpoint: flag(own, 'disableExecuteApiEndpoint'),
    },
  })),
  awsItem('AWS::ApiGateway::Stage', 'aws_api_gateway_stage', stage, {
    sensitive: ['configuration.variables'],
  }),
  awsItem(
    'AWS::ApiGatewayV2::Stage',
    'aws_apigatewayv2_stage',
    ({ own }) => ({ attributes: stageAttributes(own) }),
    { sensitive: ['configuration.stageVariables'] },
  ),
  // Not recorded by AWS Config; by their CloudFormation schemas.
  awsItem('AWS::ApiGateway::DomainName', 'aws_api_gateway_domain_name', domainName),
  awsItem('AWS::ApiGatewayV2::DomainName', 'aws_apigatewayv2_domain_name', domainName),
  awsItem('AWS::WAFv2::WebACL', 'aws_wafv2_web_acl', webAcl),
  // Where flow logs go is an attribute that the schema does not hold.
  awsItem('AWS::GlobalAccelerator::Accelerator', 'aws_globalaccelerator_accelerator', named),
];
