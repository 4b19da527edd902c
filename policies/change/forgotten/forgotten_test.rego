package policies.change.forgotten_test

import data.policies.change.forgotten

test_fail_forget if {
	forgotten.violations == {{
		"address": "aws_s3_bucket.archive",
		"path": "action",
		"message": "This change lets go of it: it lives on with its data, and nothing manages it.",
		"expected": "managed",
		"actual": "forget",
		"fix": "Import it where it is managed from now on, or keep its block here.",
	}} with input as {"resources": [{"address": "aws_s3_bucket.archive", "action": "forget"}]}
}

test_success_nothing_is_forgotten if {
	forgotten.violations == set() with input as {"resources": []}
}
