import { isRecord } from '../../../kit/record.ts';
import { spelled } from '../../values.ts';
import { at, has, list, object, orNone, text, texts } from '../read.ts';
import type { LiveItem, RestatedCompanion, Restatement } from '../restatement.ts';
import { awsItem, block, policyOf } from './item.ts';
import type { Item, Words } from './item.ts';

/**
 * GetFunctionConfiguration; the function's own policy stands under `supplementaryConfiguration`, null where there is none.
 * What a URL lets in is said there too: without a statement for it, it answers nobody.
 */
function lambda({ own, more }: Item): Words {
  const policy = policyOf(at(more, 'Policy'));
  const readable = policy === null || isRecord(policy);
  return {
    attributes: {
      function_name: text(own, 'functionName'),
      kms_key_arn: orNone(text(own, 'kmskeyArn')),
      runtime: orNone(text(own, 'runtime')),
      environment: has(own, 'environment')
        ? block(object(own, 'environment'), (one) => ({ variables: object(one, 'variables') }))
        : undefined,
      tracing_config: block(object(own, 'tracingConfig'), (one) => ({ mode: text(one, 'mode') })),
      dead_letter_config: block(object(own, 'deadLetterConfig'), (one) => ({
        target_arn: text(one, 'targetArn'),
      })),
      vpc_config: block(object(own, 'vpcConfig'), (one) => ({
        subnet_ids: texts(one, 'subnetIds') ?? null,
      })),
    },
    companions: (list(policy, 'Statement') ?? []).filter(isRecord).flatMap(toCompanions),
    tells: readable ? ['aws_lambda_permission', 'aws_lambda_function_url'] : [],
  };
}

/** A statement as the permissions that made it, and the URL that it opens. */
function toCompanions(statement: LiveItem): readonly RestatedCompanion[] {
  if (text(statement, 'Effect') !== 'Allow') return [];
  const conditions = conditionsOf(statement);
  const withoutAuth = conditions.get('lambda:functionurlauthtype') === 'NONE';
  return principalsOf(statement).flatMap((principal) => [
    { type: 'aws_lambda_permission', attributes: permission(principal, conditions) },
    ...(principal === '*' && withoutAuth ? [OPEN_URL] : []),
  ]);
}

const OPEN_URL: RestatedCompanion = {
  type: 'aws_lambda_function_url',
  attributes: { authorization_type: 'NONE' },
};

function permission(principal: string, conditions: ReadonlyMap<string, string>): LiveItem {
  return {
    principal,
    source_arn: orNone(conditions.get('aws:sourcearn')),
    source_account: orNone(conditions.get('aws:sourceaccount')),
    principal_org_id: orNone(conditions.get('aws:principalorgid')),
  };
}

/** `"*"`, `{"AWS": "*"}` and lists of either. A statement for all but some is one for everybody. */
function principalsOf(statement: LiveItem): readonly string[] {
  if (has(statement, 'NotPrincipal')) return ['*'];
  const value = at(statement, 'Principal');
  const found = isRecord(value) ? Object.values(value) : [value];
  return found.flat().filter((one) => typeof one === 'string');
}

/** By key; operators do not matter here, and keys have no case. */
function conditionsOf(statement: LiveItem): ReadonlyMap<string, string> {
  const operators = Object.values(object(statement, 'Condition') ?? {}).filter(isRecord);
  return new Map(
    operators
      .flatMap((operator) => Object.entries(operator))
      .map(([key, value]) => [key.toLowerCase(), spelled([value].flat()[0])]),
  );
}

export const LAMBDA_RESTATEMENTS: readonly Restatement[] = [
  awsItem('AWS::Lambda::Function', 'aws_lambda_function', lambda, {
    sensitive: ['configuration.environment'],
  }),
];
