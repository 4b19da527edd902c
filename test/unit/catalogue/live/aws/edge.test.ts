import { EVERYONE, ONE_ACCOUNT, U, itemsOf, says } from './item.ts';

const attributes = (values: Record<string, string>) => ({
  LoadBalancerAttributes: Object.entries(values).map(([key, value]) => ({ key, value })),
});

const behaviour = (viewerProtocolPolicy: string) => ({ viewerProtocolPolicy });

itemsOf(
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'aws.elb.load_balancer',
  says(
    'inside, logged, protected',
    {
      loadBalancerName: 'l',
      scheme: 'internal',
      type: 'application',
      availabilityZones: [{ subnetId: 'a' }, { subnetId: 'b' }],
    },
    { name: 'l', public: false, logging: true, deletion_protected: true, multi_zone: true, waf: U },
    {
      supplementary: attributes({
        'access_logs.s3.enabled': 'true',
        'deletion_protection.enabled': 'true',
      }),
    },
  ),
  says(
    'outside, bare',
    { scheme: 'internet-facing', type: 'network', availabilityZones: [{ subnetId: 'a' }] },
    { public: true, logging: false, deletion_protected: false, multi_zone: false, waf: undefined },
    {
      supplementary: attributes({
        'access_logs.s3.enabled': 'false',
        'deletion_protection.enabled': 'false',
      }),
    },
  ),
  says(
    'without a word',
    { loadBalancerName: 'l' },
    { public: U, logging: U, deletion_protected: U, multi_zone: U },
  ),
);

itemsOf(
  'AWS::ElasticLoadBalancing::LoadBalancer',
  'aws.elb.classic',
  says(
    'inside, encrypted',
    {
      loadBalancerName: 'l',
      scheme: 'internal',
      listenerDescriptions: [{ listener: { protocol: 'HTTPS' } }],
      subnets: ['a', 'b'],
    },
    { name: 'l', public: false, encrypted_in_transit: true, logging: true, multi_zone: true },
    { supplementary: { LoadBalancerAttributes: { accessLog: { enabled: true } } } },
  ),
  says(
    'outside, in the clear',
    {
      scheme: 'internet-facing',
      listenerDescriptions: [{ listener: { protocol: 'HTTP' } }],
      availabilityZones: ['x'],
      subnets: [],
    },
    { public: true, encrypted_in_transit: false, logging: false, multi_zone: false },
    { supplementary: { LoadBalancerAttributes: { accessLog: { enabled: false } } } },
  ),
  says(
    'without a word',
    { loadBalancerName: 'l' },
    { public: U, encrypted_in_transit: U, logging: U, multi_zone: U },
  ),
);

itemsOf(
  'AWS::ElasticLoadBalancingV2::Listener',
  'aws.elb.listener',
  says(
    'TLS',
    {
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      DefaultActions: [{ Type: 'forward' }],
    },
    { encrypted_in_transit: true, tls_version: '1.2' },
  ),
  says(
    'in the clear',
    { Protocol: 'HTTP', DefaultActions: [{ Type: 'forward' }] },
    { encrypted_in_transit: false, tls_version: undefined },
  ),
  says(
    'a redirect',
    {
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS' } }],
    },
    { encrypted_in_transit: true },
  ),
  says('without a word', { ListenerArn: 'a' }, { encrypted_in_transit: U }),
);

itemsOf(
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'aws.elb.target_group',
  says('encrypted', { Name: 't', Protocol: 'HTTPS' }, { name: 't', encrypted_in_transit: true }),
  says('in the clear', { Protocol: 'HTTP' }, { encrypted_in_transit: false }),
  says('without a word', { Name: 't' }, { encrypted_in_transit: U }),
);

itemsOf(
  'AWS::CloudFront::Distribution',
  'aws.cloudfront.distribution',
  says(
    'guarded',
    {
      distributionConfig: {
        defaultCacheBehavior: behaviour('redirect-to-https'),
        cacheBehaviors: { quantity: 1, items: [behaviour('https-only')] },
        viewerCertificate: { minimumProtocolVersion: 'TLSv1.2_2021' },
        logging: { enabled: true },
        webACLId: 'arn',
      },
    },
    { public: true, encrypted_in_transit: true, tls_version: '1.2', logging: true, waf: true },
  ),
  says(
    'open',
    {
      distributionConfig: {
        defaultCacheBehavior: behaviour('redirect-to-https'),
        cacheBehaviors: { quantity: 1, items: [behaviour('allow-all')] },
        viewerCertificate: { cloudFrontDefaultCertificate: true, minimumProtocolVersion: 'TLSv1' },
        logging: { enabled: false },
        webACLId: '',
      },
    },
    { encrypted_in_transit: false, tls_version: '1.0', logging: U, waf: false },
  ),
  says(
    'without a word',
    { id: 'd' },
    { encrypted_in_transit: U, tls_version: U, logging: U, waf: U },
  ),
);

itemsOf(
  'AWS::ApiGateway::RestApi',
  'aws.apigateway.rest_api',
  says(
    'private',
    { name: 'a', endpointConfiguration: { types: ['PRIVATE'] }, policy: ONE_ACCOUNT },
    { name: 'a', public: false, anyone_trusted: false },
  ),
  says(
    'public, for everyone, escaped as API Gateway does',
    { endpointConfiguration: { types: ['EDGE'] }, policy: EVERYONE.replaceAll('"', '\\"') },
    { public: true, anyone_trusted: true },
  ),
  says('without a word', { name: 'a' }, { public: U, anyone_trusted: U }),
);

itemsOf(
  'AWS::ApiGatewayV2::Api',
  'aws.apigateway.http_api',
  says('open', { name: 'a', disableExecuteApiEndpoint: false }, { name: 'a', public: true }),
  says('by its own name alone', { disableExecuteApiEndpoint: true }, { public: false }),
  says('without a word', { apiId: 'a' }, { public: U }),
);

itemsOf(
  'AWS::ApiGateway::Stage',
  'aws.apigateway.stage',
  says(
    'guarded',
    {
      stageName: 's',
      accessLogSettings: { destinationArn: 'a' },
      tracingEnabled: true,
      webAclArn: 'a',
    },
    { name: 's', logging: true, monitoring: true, waf: true },
  ),
  says(
    'bare',
    { stageName: 's', tracingEnabled: false },
    { logging: false, monitoring: false, waf: false },
  ),
  says('without a word on tracing', { stageName: 's' }, { monitoring: U }),
);

itemsOf(
  'AWS::ApiGatewayV2::Stage',
  'aws.apigateway.stage',
  says(
    'logged',
    { stageName: 's', accessLogSettings: { destinationArn: 'a' } },
    { name: 's', logging: true },
  ),
  says('not logged', { stageName: 's' }, { logging: false }),
);

for (const type of ['AWS::ApiGateway::DomainName', 'AWS::ApiGatewayV2::DomainName'])
  itemsOf(
    type,
    'aws.apigateway.domain_name',
    says(
      'of its own',
      { DomainName: 'd', SecurityPolicy: 'TLS_1_2' },
      { name: 'd', tls_version: '1.2' },
    ),
    says(
      'in a block',
      { DomainNameConfigurations: [{ SecurityPolicy: 'TLS_1_0' }] },
      { tls_version: '1.0' },
    ),
  );

itemsOf(
  'AWS::WAFv2::WebACL',
  'aws.wafv2.web_acl',
  says(
    'watched',
    { name: 'w', visibilityConfig: { cloudWatchMetricsEnabled: true } },
    { name: 'w', monitoring: true, logging: U },
  ),
  says(
    'not watched',
    { visibilityConfig: { cloudWatchMetricsEnabled: false } },
    { monitoring: false },
  ),
  says('without a word', { name: 'w' }, { monitoring: U }),
);

itemsOf(
  'AWS::GlobalAccelerator::Accelerator',
  'aws.globalaccelerator.accelerator',
  says('is public', { Name: 'one' }, { name: 'one', public: true, logging: U }),
);
