import { splitPath } from '../../kit/paths.ts';
import { UNKNOWN } from '../facts.ts';
import type { Facts } from '../facts.ts';
import { allOf, anyOf, equals, not, orElse, present, spelled } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import { secretAmong } from './environment.ts';
import type { Variables } from './environment.ts';
import { alwaysEncrypted, awsKind, companion } from './service.ts';

const NAMES = ['id', 'function_name', 'arn', 'invoke_arn'];

function lambda(view: View): Facts {
  const anyone = anyoneInvokes(view);
  return {
    name: view.string('function_name'),
    ...alwaysEncrypted(view, 'kms_key_arn'),
    engine_version: view.string('runtime'),
    secret_in_environment: secretAmong(variablesAt(view, 'environment[0].variables')),
    monitoring: equals(orElse(view.string('tracing_config[0].mode'), 'PassThrough'), 'Active'),
    dead_letter: present(view.read('dead_letter_config[0].target_arn')),
    network_isolated: present(view.read('vpc_config[0].subnet_ids')),
    anyone_trusted: anyone,
    public: anyOf(anyone, openUrl(view)),
  };
}

/** A permission for every principal that is not narrowed to a source, an account or an organisation. */
function anyoneInvokes(view: View): Truth {
  return companion(view, ['aws_lambda_permission'], 'function_name', isOpen, NAMES);
}

function isOpen(permission: View): Truth {
  const narrowing = ['source_arn', 'source_account', 'principal_org_id'];
  const narrowed = anyOf(...narrowing.map((path) => present(permission.read(path))));
  return allOf(equals(permission.string('principal'), '*'), not(narrowed));
}

function openUrl(view: View): Truth {
  return companion(view, ['aws_lambda_function_url'], 'function_name', withoutAuth, NAMES);
}

function withoutAuth(url: View): Truth {
  return equals(url.string('authorization_type'), 'NONE');
}

/** The variables of a map, those still to come included. */
function variablesAt(view: View, path: string): Variables {
  const map = view.read(path);
  if (map === UNKNOWN) return UNKNOWN;
  const known = map !== null && typeof map === 'object' ? Object.entries(map) : [];
  const prefix = `${path}.`;
  const toCome = view.resource.unknown
    .filter((entry) => entry.startsWith(prefix))
    .map((entry) => [String(splitPath(entry).at(-1)), UNKNOWN] as const);
  return [...known.map(([name, value]) => [name, spelled(value)] as const), ...toCome];
}

export const LAMBDA_KINDS = [
  awsKind({
    kind: 'aws.lambda.function',
    title: 'Lambda function',
    types: ['aws_lambda_function'],
    facts: lambda,
  }),
  awsKind({
    kind: 'aws.lambda.function_url',
    title: 'Lambda function URL',
    types: ['aws_lambda_function_url'],
    tags: { shape: 'none' },
    facts: (view) => ({ public: withoutAuth(view) }),
  }),
  awsKind({
    kind: 'aws.lambda.permission',
    title: 'Lambda permission',
    types: ['aws_lambda_permission'],
    tags: { shape: 'none' },
    facts: (view) => ({ anyone_trusted: isOpen(view) }),
  }),
];
