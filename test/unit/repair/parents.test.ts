import { describe, expect, it } from 'vitest';

import { parentRole } from '../../../src/repair/plan/parents.ts';

describe('what a parent is', () => {
  it.each([
    ['arn:aws:ec2:eu-central-1:111122223333:vpc/vpc-1', 'vpc'],
    ['arn:aws-cn:ec2:cn-north-1:111122223333:subnet/subnet-1', 'subnet'],
    ['arn:aws:iam::111122223333:root', 'account'],
    ['arn:aws:organizations::111122223333:account/o-1/111122223333', 'account'],
    ['aws-account/111122223333', 'account'],
    ['/subscriptions/s-1', 'subscription'],
    ['/subscriptions/s-1/resourceGroups/Shop', 'resource-group'],
    ['/subscriptions/s/resourcegroups/r/providers/microsoft.network/virtualnetworks/v', 'vpc'],
    [
      '/subscriptions/s/resourcegroups/r/providers/microsoft.network/virtualnetworks/v/subnets/a',
      'subnet',
    ],
    ['//cloudresourcemanager.googleapis.com/projects/shop', 'project'],
    ['//cloudresourcemanager.googleapis.com/folders/1', 'folder'],
    ['//cloudresourcemanager.googleapis.com/organizations/1', 'organization'],
    ['//compute.googleapis.com/projects/shop/global/networks/default', 'vpc'],
    ['//compute.googleapis.com/projects/shop/regions/eu/subnetworks/a', 'subnet'],
    ['//container.googleapis.com/projects/shop/locations/eu/clusters/c', 'cluster'],
    ['prod/Namespace/shop', 'namespace'],
    ['arn:aws:ec2:eu-central-1:111122223333:instance/i-1', undefined],
    ['/subscriptions/s/resourcegroups/r/providers/microsoft.compute/virtualmachines/vm', undefined],
    ['prod/shop/ReplicaSet/web', undefined],
    ['', undefined],
  ])('%s is %s', (address, role) => {
    expect(parentRole(address)).toBe(role);
  });
});
