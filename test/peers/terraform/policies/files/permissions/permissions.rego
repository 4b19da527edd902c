# METADATA
# title: Files are not open to everyone
# description: What everyone on a machine may write, everyone on it may forge.
# custom:
#   id: PEER-FIL-001
#   severity: high
#   kinds: [local_file, local_sensitive_file]
#   reads: [config.file_permission, config.content]
#   remedy: Set file_permission to 0640.
package policies.files.permissions

# METADATA
# entrypoint: true
violations contains violation if {
	some resource in input.resources
	endswith(resource.config.file_permission, "7")
	violation := {
		"address": resource.address,
		"path": "config.content",
		"message": "Everyone may write this file.",
		"actual": resource.config.content,
		"fix": "Set file_permission = \"0640\".",
	}
}
