import { describe, expect, it } from 'vitest';

import { found } from './item.ts';

describe('what is secret in an item', () => {
  it.each([
    ['AWS::Lambda::Function', 'config.configuration.environment'],
    ['AWS::CodeBuild::Project', 'config.configuration.environment.environmentVariables'],
    ['AWS::ECS::TaskDefinition', 'config.configuration.ContainerDefinitions'],
    ['AWS::AutoScaling::LaunchConfiguration', 'config.configuration.userData'],
    ['AWS::EC2::LaunchTemplate', 'config.configuration.LaunchTemplateData.UserData'],
    ['AWS::SSM::Parameter', 'config.configuration.Value'],
  ])('of %s: %s', (type, path) => {
    expect(found(type, { one: 1 }).sensitive).toContain(path);
  });
});
