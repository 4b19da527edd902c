package policies.change.forgotten_test

import data.policies.change.forgotten

test_fail_forget if {
	forgotten.violations == {{
		"address": "aws_s3_bucket.archive",
		"path": "action",
		"message": "This change lets go of it: it lives on with its data, and nothing manages it.",
		"expected": "managed",
		"actual": "forget",
		"fix": "Keep its block here, or say in its tag managed-by who manages it from now on, in a change before this one.",
	}} with input as _input({})
}

test_success_handed_over if {
	forgotten.violations == set() with input as _input({"managed-by": "platform/storage"})
}

_input(tags) := {
	"resources": [{"address": "aws_s3_bucket.archive", "action": "forget", "tags": tags}],
	"parameters": {"tag": "managed-by"},
}
