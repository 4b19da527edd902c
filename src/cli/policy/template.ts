/** What a new policy is made from; every text is right as it stands, and passes `policy check` and `policy test`. */
export interface NewPolicy {
  readonly area: string;
  readonly name: string;
  readonly id: string;
}

/** The files of a new policy by name; the page is made from them. */
export function templateFiles(policy: NewPolicy): Readonly<Record<string, string>> {
  return {
    [`${policy.name}.rego`]: rego(policy),
    [`${policy.name}_test.rego`]: test(policy),
    'examples.yaml': EXAMPLES,
  };
}

function rego({ area, name, id }: NewPolicy): string {
  return `# METADATA
# title: Every resource says how sensitive its data are
# description: |-
#   Say here why it matters, and to whom. Who is stopped by this policy reads it first.
# custom:
#   id: ${id}
#   severity: medium
#   kinds: ["*"]
#   requires: [facts.taggable]
#   reads: [tags.data_class]
#   parameters:
#     allowed:
#       description: The values that the tag may have.
#       type: array
#       items: {type: string, minLength: 1}
#       minItems: 1
#       default: [public, internal, confidential]
#   remedy: Set the tag data_class to one of the allowed values.
package policies.${area}.${name}

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	not _classified(resource)
	violation := {
		"address": resource.address,
		"path": "tags.data_class",
		"message": "The tag data_class has none of the allowed values.",
		"expected": input.parameters.allowed,
		"actual": object.get(resource, ["tags", "data_class"], null),
		"fix": sprintf("Set data_class to one of %s.", [concat(", ", input.parameters.allowed)]),
	}
}

# A negated helper: a resource without the tag, or without any, fails like one with a wrong value.
_classified(resource) if resource.tags.data_class in input.parameters.allowed
`;
}

function test({ area, name }: NewPolicy): string {
  return `package policies.${area}.${name}_test

import data.policies.${area}.${name}

test_fail_missing if {
	_paths({}) == {"tags.data_class"}
}

test_fail_not_allowed if {
	_paths({"data_class": "secret"}) == {"tags.data_class"}
}

test_success_allowed if {
	_paths({"data_class": "internal"}) == set()
}

_paths(tags) := {violation.path | some violation in violations} if {
	resource := {"address": "example.0", "tags": tags}
	parameters := {"allowed": ["internal"]}
	violations := ${name}.violations with input as {"resources": [resource], "parameters": parameters}
}
`;
}

const EXAMPLES = `good:
  - name: the data are classified
    resources:
      - { kind: aws.s3.bucket, facts: { taggable: true }, tags: { data_class: internal } }
bad:
  - name: nobody said what the data are
    resources:
      - { kind: aws.s3.bucket, facts: { taggable: true } }
    violations:
      - { address: example.0, path: tags.data_class }
  - name: the rule allows less
    parameters: { allowed: [internal] }
    resources:
      - { kind: gcp.storage.bucket, facts: { taggable: true }, tags: { data_class: public } }
    violations:
      - { address: example.0, path: tags.data_class }
unknown:
  - name: the tags are not known until apply
    resources:
      - { kind: aws.s3.bucket, facts: { taggable: true }, unknown: [tags] }
not-applicable:
  - name: a type that cannot carry tags
    resources:
      - { kind: random_pet }
`;
