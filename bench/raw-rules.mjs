// What people write by hand for OPA and Conftest: as many rules, straight on the document. They know less than our rules (no
// provider defaults, no companion resources, no values that are still to come), so they are cheaper than the same rules would be.

const TRUE = {
  aws_db_instance: [
    'storage_encrypted',
    'deletion_protection',
    'multi_az',
    'performance_insights_enabled',
  ],
  aws_rds_cluster: ['storage_encrypted', 'deletion_protection'],
  aws_ebs_volume: ['encrypted'],
  aws_efs_file_system: ['encrypted'],
  aws_s3_bucket_public_access_block: [
    'block_public_acls',
    'block_public_policy',
    'ignore_public_acls',
    'restrict_public_buckets',
  ],
  aws_kms_key: ['enable_key_rotation'],
  aws_redshift_cluster: ['encrypted'],
  aws_elasticache_replication_group: ['at_rest_encryption_enabled', 'transit_encryption_enabled'],
  aws_docdb_cluster: ['storage_encrypted'],
  aws_neptune_cluster: ['storage_encrypted'],
  aws_dynamodb_table: ['deletion_protection_enabled'],
  aws_cloudtrail: ['is_multi_region_trail', 'enable_log_file_validation'],
  aws_lb: ['enable_deletion_protection', 'drop_invalid_header_fields'],
  aws_instance: ['monitoring', 'ebs_optimized'],
  azurerm_storage_account: ['https_traffic_only_enabled'],
  azurerm_key_vault: ['purge_protection_enabled'],
};
const NOT_TRUE = {
  aws_db_instance: ['publicly_accessible', 'skip_final_snapshot'],
  aws_s3_bucket: ['force_destroy'],
  aws_instance: ['associate_public_ip_address'],
  aws_redshift_cluster: ['publicly_accessible'],
};
const SET = {
  aws_cloudwatch_log_group: ['retention_in_days', 'kms_key_id'],
  aws_sqs_queue: ['kms_master_key_id', 'redrive_policy'],
  aws_sns_topic: ['kms_master_key_id'],
  aws_lambda_function: ['dead_letter_config'],
};
const TAGS = ['owner', 'cost-center', 'environment', 'data-classification'];

const OF_PLANS = [
  ...each(TRUE, (type, attribute) => [
    `resource.type == "${type}"`,
    `not resource.change.after.${attribute}`,
    `not resource.change.after_unknown.${attribute}`,
  ]),
  ...each(NOT_TRUE, (type, attribute) => [
    `resource.type == "${type}"`,
    `resource.change.after[${JSON.stringify(attribute)}] == true`,
  ]),
  ...each(SET, (type, attribute) => [
    `resource.type == "${type}"`,
    `object.get(resource.change.after, "${attribute}", null) in {null, "", 0}`,
  ]),
  ...TAGS.map((tag) => ['_taggable(resource)', `not _tags(resource)["${tag}"]`]),
  ['_tags(resource).env', 'not _tags(resource).env in {"prod", "dev", "test"}'],
  ['some key, _ in _tags(resource)', 'not regex.match(`^[a-z][a-z0-9-]*$`, key)'],
  ...[22, 3389].map((port) => [
    'resource.type == "aws_security_group"',
    'some ingress in resource.change.after.ingress',
    `ingress.from_port <= ${port}`,
    `ingress.to_port >= ${port}`,
    '"0.0.0.0/0" in ingress.cidr_blocks',
  ]),
  [
    'resource.type == "aws_security_group"',
    'some ingress in resource.change.after.ingress',
    '"0.0.0.0/0" in ingress.cidr_blocks',
  ],
  [
    'resource.type == "aws_s3_bucket_server_side_encryption_configuration"',
    'some rule in resource.change.after.rule',
    'some chosen in rule.apply_server_side_encryption_by_default',
    'chosen.sse_algorithm != "aws:kms"',
  ],
  [
    'resource.type == "aws_s3_bucket"',
    'not regex.match(`^[a-z][a-z0-9.-]{2,62}$`, resource.change.after.bucket)',
  ],
  [
    'resource.type == "aws_security_group"',
    'not regex.match(`^[a-z][a-z0-9-]*$`, resource.change.after.name)',
  ],
];

/** Package `main` of `count` rules over a Terraform plan. */
export function rawPlanPackage(count) {
  const rules = take(OF_PLANS, count).map(
    (conditions, i) => `deny contains finding if {
	some resource in input.resource_changes
	_stays(resource)
${conditions.map((line) => `\t${line}`).join('\n')}
	finding := {"rule": "raw.${i + 1}", "msg": "It does not hold.", "address": resource.address}
}`,
  );
  return `package main

_stays(resource) if not "delete" in resource.change.actions
else if "create" in resource.change.actions

_taggable(resource) if "tags" in object.keys(resource.change.after)

_tags(resource) := resource.change.after.tags_all if {
	resource.change.after.tags_all
} else := resource.change.after.tags

${rules.join('\n\n')}
`;
}

const OF_CONTAINERS = [
  'container.securityContext.privileged',
  'not container.securityContext.allowPrivilegeEscalation == false',
  'not container.securityContext.readOnlyRootFilesystem',
  'not container.securityContext.runAsNonRoot',
  'not "ALL" in container.securityContext.capabilities.drop',
  'endswith(container.image, ":latest")',
  'not startswith(container.image, "registry.example.com/")',
  'not container.resources.limits.memory',
  'not container.resources.requests.cpu',
  'not container.readinessProbe',
  'not container.livenessProbe',
  'some port in container.ports; port.hostPort > 0',
].map((condition) => ['some container in _spec.containers', condition]);
const OF_PODS = [
  '_spec.hostNetwork',
  '_spec.hostPID',
  '_spec.hostIPC',
  'not _spec.serviceAccountName',
  'some volume in _spec.volumes; volume.hostPath',
  'input.request.namespace == "default"',
  'not input.request.object.metadata.labels.owner',
  'not input.request.object.metadata.labels["cost-center"]',
].map((condition) => [condition]);

/** Package `main` of `count` rules over an AdmissionReview of a pod. */
export function rawReviewPackage(count) {
  const rules = take([...OF_CONTAINERS, ...OF_PODS], count).map(
    (conditions, i) => `deny contains finding if {
${conditions.map((line) => `\t${line}`).join('\n')}
	finding := {"rule": "raw.${i + 1}", "msg": "It does not hold."}
}`,
  );
  return `package main\n\n_spec := input.request.object.spec\n\n${rules.join('\n\n')}\n`;
}

function each(table, conditions) {
  return Object.entries(table).flatMap(([type, attributes]) =>
    attributes.map((attribute) => conditions(type, attribute)),
  );
}

function take(rules, count) {
  if (rules.length < count) throw new Error(`there are ${rules.length} raw rules, not ${count}`);
  return rules.slice(0, count);
}
