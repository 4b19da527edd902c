import { UNKNOWN } from '../facts.ts';
import type { Facts } from '../facts.ts';
import { admitsEveryone, beyondWeb, everyPort, reachesAdmin } from '../ports.ts';
import type { Ports } from '../ports.ts';
import { allOf, anyOf, equals, someOf, strings } from '../values.ts';
import type { Truth } from '../values.ts';
import type { Read, View } from '../view.ts';
import { UNTAGGED, awsKind, companion, flag } from './service.ts';

/** What one firewall rule lets through, whichever of the three styles it is written in. */
interface Opening {
  readonly everyone: Truth;
  readonly ports: Ports;
}

/** Blocks of a group, and `aws_security_group_rule`. */
function blockRule(rule: View): Opening {
  return {
    everyone: anyOf(
      admitsEveryone(strings(rule, 'cidr_blocks')),
      admitsEveryone(strings(rule, 'ipv6_cidr_blocks')),
    ),
    ports: portsOf(rule, rule.string('protocol')),
  };
}

/** `aws_vpc_security_group_ingress_rule` and its egress twin. */
function newerRule(rule: View): Opening {
  return {
    everyone: admitsEveryone([rule.string('cidr_ipv4'), rule.string('cidr_ipv6')]),
    ports: portsOf(rule, rule.string('ip_protocol')),
  };
}

/** A network ACL's entry, in a block or on its own. */
function entryRule(rule: View): Opening {
  return {
    everyone: admitsEveryone([rule.string('cidr_block'), rule.string('ipv6_cidr_block')]),
    ports: portsOf(rule, rule.string('protocol')),
  };
}

/** Protocols without ports: ICMP (1) and ICMPv6 (58) carry a message type there. */
const PORTLESS = new Set(['icmp', 'icmpv6', '1', '58']);

function portsOf(rule: View, protocol: Read<string>): Ports {
  if (protocol === UNKNOWN) return [UNKNOWN];
  if (protocol === '-1' || protocol === 'all') return ['*'];
  if (PORTLESS.has(protocol ?? '')) return [];
  const from = rule.number('from_port');
  const to = rule.number('to_port');
  if (typeof from !== 'number' || typeof to !== 'number') return [UNKNOWN];
  return [`${from}-${to}`];
}

function ingressFacts(opening: Opening): Facts {
  return {
    open_ingress: allOf(opening.everyone, beyondWeb(opening.ports)),
    open_admin_port: allOf(opening.everyone, reachesAdmin(opening.ports)),
  };
}

function egressFacts(opening: Opening): Facts {
  return { open_egress: allOf(opening.everyone, everyPort(opening.ports)) };
}

function reaches(opening: Opening, test: (ports: Ports) => Truth): Truth {
  return allOf(opening.everyone, test(opening.ports));
}

/**
 * A group with its rules in all three styles. Page aws_security_group: Terraform removes the rule that lets everything
 * out, so a group without rules lets nothing through.
 */
function group(view: View): Facts {
  return {
    open_ingress: someRule(view, 'ingress', beyondWeb),
    open_admin_port: someRule(view, 'ingress', reachesAdmin),
    open_egress: someRule(view, 'egress', everyPort),
  };
}

function someRule(
  view: View,
  direction: 'ingress' | 'egress',
  test: (ports: Ports) => Truth,
): Truth {
  return anyOf(
    someOf(view.list(direction), (rule) => reaches(blockRule(rule), test)),
    companion(view, ['aws_security_group_rule'], 'security_group_id', (rule) =>
      allOf(equals(rule.string('type'), direction), reaches(blockRule(rule), test)),
    ),
    companion(view, [`aws_vpc_security_group_${direction}_rule`], 'security_group_id', (rule) =>
      reaches(newerRule(rule), test),
    ),
  );
}

/** A rule on its own, where the plan may not hold its group. */
function rule(view: View): Facts {
  switch (view.resource.type) {
    case 'aws_vpc_security_group_ingress_rule':
      return ingressFacts(newerRule(view));
    case 'aws_vpc_security_group_egress_rule':
      return egressFacts(newerRule(view));
    default:
      return equals(view.string('type'), 'egress') === true
        ? egressFacts(blockRule(view))
        : ingressFacts(blockRule(view));
  }
}

/**
 * Only the ports of administration are asked of a network ACL: by AWS's own default it lets everything through, and the
 * security groups behind it decide.
 */
function networkAcl(view: View): Facts {
  return {
    open_admin_port: someOf(view.list('ingress'), (entry) =>
      allOf(equals(entry.string('action'), 'allow'), reaches(entryRule(entry), reachesAdmin)),
    ),
  };
}

function networkAclRule(view: View): Facts {
  if (flag(view, 'egress', false) === true) return {};
  return {
    open_admin_port: allOf(
      equals(view.string('rule_action'), 'allow'),
      reaches(entryRule(view), reachesAdmin),
    ),
  };
}

export const SECURITY_GROUP_KINDS = [
  awsKind({
    kind: 'aws.ec2.security_group',
    title: 'Security group',
    types: ['aws_security_group', 'aws_default_security_group'],
    facts: group,
  }),
  awsKind({
    kind: 'aws.ec2.security_group_rule',
    title: 'Rule of a security group',
    types: [
      'aws_security_group_rule',
      'aws_vpc_security_group_ingress_rule',
      'aws_vpc_security_group_egress_rule',
    ],
    untaggable: ['aws_security_group_rule'],
    facts: rule,
  }),
  awsKind({
    kind: 'aws.ec2.network_acl',
    title: 'Network ACL',
    types: ['aws_network_acl', 'aws_default_network_acl'],
    facts: networkAcl,
  }),
  awsKind({
    kind: 'aws.ec2.network_acl_rule',
    title: 'Entry of a network ACL',
    types: ['aws_network_acl_rule'],
    tags: UNTAGGED,
    facts: networkAclRule,
  }),
];
