package policies.secrets.in_tags_test

import data.policies.secrets.in_tags

# Put together here, so that nobody's scanner takes this file for a leak.
_access_key := concat("", ["AKIA", "ABCDEFGHIJKLMNOP"])

test_fail_value_of_known_form if {
	in_tags.violations == {_violation("note")} with input as _input({"note": _access_key, "owner": "ada"})
}

test_fail_name_of_the_tag if {
	in_tags.violations == {_violation("Client-Secret")} with input as _input({"Client-Secret": "hunter2"})
}

test_success_ordinary_tags if {
	in_tags.violations == set() with input as _input({"owner": "ada", "secret-rotation": "monthly"})
}

test_success_announced_but_empty if {
	in_tags.violations == set() with input as _input({"password": ""})
}

_violation(key) := {
	"address": "aws_s3_bucket.logs",
	"path": sprintf("tags.%s", [key]),
	"message": sprintf("The tag %s holds what looks like a secret.", [key]),
	"expected": "no secret",
	"fix": sprintf("Remove the tag %s, and change the secret: it has been shown.", [key]),
}

_input(tags) := {
	"resources": [{"address": "aws_s3_bucket.logs", "tags": tags}],
	"parameters": {"patterns": ["(AKIA|ASIA)[A-Z0-9]{16}"], "keys": ["password", "clientsecret"]},
}
