#!/usr/bin/env bash
# The step of action.yml: INPUT_* in; log, annotations, summary, outputs and the exit code of `portcullis check` out.
set -euo pipefail

reports=$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/portcullis-XXXXXX")
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

args=(
  --point "${INPUT_POINT:-pre-apply}"
  --output text
  --output "json=$reports/decision.json"
  --output "sarif=$reports/portcullis.sarif"
  --output "markdown=$reports/summary.md"
  --output "github=$reports/annotations.txt"
  --actor "${GITHUB_ACTOR:-unknown}"
  --run "repository=${GITHUB_REPOSITORY:-}"
  --run "commit=${GITHUB_SHA:-}"
  --run "run=${GITHUB_RUN_ID:-}"
)
IFS=, read -r -a fail_on <<<"${INPUT_FAIL_ON:-deny}"
for what in "${fail_on[@]}"; do args+=(--fail-on "${what//[[:space:]]/}"); done
if [ -n "${INPUT_SERVER:-}" ]; then args+=(--server "$INPUT_SERVER"); fi
if [ -n "${INPUT_RULES:-}" ]; then args+=(--rules "$INPUT_RULES"); fi
if [ -n "${INPUT_POLICIES:-}" ]; then args+=(--policies "$INPUT_POLICIES"); fi
# An empty token is sent as one; no variable is sent as none.
if [ -z "${PORTCULLIS_TOKEN:-}" ]; then unset PORTCULLIS_TOKEN; fi
export PORTCULLIS_POLICIES__CACHE=${PORTCULLIS_POLICIES__CACHE:-${RUNNER_TEMP:-${TMPDIR:-/tmp}}/portcullis-policies}

# Text of a plan must not reach the runner as a command of the workflow.
silence=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
code=0
echo "::stop-commands::$silence"
node "$home/dist/bin.js" check "${args[@]}" -- "${INPUT_PLAN_FILE:?plan-file is required}" || code=$?
echo "::$silence::"

if [ -f "$reports/annotations.txt" ]; then
  cat "$reports/annotations.txt"
else
  echo "::error title=Portcullis::Not judged: portcullis check ended with $code; see the log of this step"
fi
if [ -f "$reports/summary.md" ]; then
  # A summary over 1 MiB is thrown away as a whole.
  head -c 1000000 "$reports/summary.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
fi
node "$(dirname "${BASH_SOURCE[0]}")/outputs.mjs" "$reports" "$code" >>"${GITHUB_OUTPUT:-/dev/null}"
exit "$code"
