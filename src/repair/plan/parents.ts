import type { ParentRole } from '../../bindings/repair.ts';

/**
 * What a parent is, by its address in the spelling of its cloud; `undefined` for what no value is inherited from. Addresses are
 * opaque elsewhere; here their outer shape is all there is, because a parent need not be a resource that a sweep has read.
 */
export function parentRole(address: string): ParentRole | undefined {
  return SHAPES.find(([shape]) => shape.test(address))?.[1];
}

const SHAPES: readonly (readonly [RegExp, ParentRole])[] = [
  [/^arn:[^:]+:ec2:[^:]*:[^:]*:vpc\/[^/]+$/, 'vpc'],
  [/^arn:[^:]+:ec2:[^:]*:[^:]*:subnet\/[^/]+$/, 'subnet'],
  [/^arn:[^:]+:(?:iam|sts)::\d{12}:root$/, 'account'],
  [/^arn:[^:]+:organizations::\d{12}:account\//, 'account'],
  [/^aws-account\/\d{12}$/, 'account'],
  [/^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+$/i, 'resource-group'],
  [/^\/subscriptions\/[^/]+$/i, 'subscription'],
  [/\/virtualnetworks\/[^/]+\/subnets\/[^/]+$/i, 'subnet'],
  [/\/virtualnetworks\/[^/]+$/i, 'vpc'],
  [/^\/\/cloudresourcemanager\.googleapis\.com\/projects\/[^/]+$/, 'project'],
  [/^\/\/cloudresourcemanager\.googleapis\.com\/folders\/[^/]+$/, 'folder'],
  [/^\/\/cloudresourcemanager\.googleapis\.com\/organizations\/[^/]+$/, 'organization'],
  [/^\/\/compute\.googleapis\.com\/projects\/[^/]+\/global\/networks\/[^/]+$/, 'vpc'],
  [/^\/\/compute\.googleapis\.com\/projects\/[^/]+\/regions\/[^/]+\/subnetworks\/[^/]+$/, 'subnet'],
  [
    /^\/\/container\.googleapis\.com\/projects\/[^/]+\/(?:locations|zones)\/[^/]+\/clusters\/[^/]+$/,
    'cluster',
  ],
  [/^[^/:]+\/Namespace\/[^/]+$/, 'namespace'],
];
