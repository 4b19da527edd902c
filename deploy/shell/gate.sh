#!/usr/bin/env bash
# Plans, asks Portcullis, and applies that very plan only when it is allowed.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: gate.sh [--no-apply] [CHECK OPTION…] [-- PLAN OPTION…]

  --no-apply      judge the plan and stop
  CHECK OPTION    handed to `portcullis check`: --server URL, --fail-on warn, --rules DIR, --output …
  PLAN OPTION     handed to `terraform plan`: -target=…, -var-file=…, -destroy

  TERRAFORM       the command that plans and applies (default: terraform; or tofu)
  GATE_CLI        how Portcullis is started (default: portcullis; or: node /opt/portcullis/dist/bin.js)

Exit codes: 0 allowed (and applied), 1 denied, 2 could not be judged, 3 wrong usage; otherwise terraform's own.
TEXT
}

apply=yes
check=()
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help)
      usage
      exit 0
      ;;
    --no-apply) apply=no ;;
    --)
      shift
      break
      ;;
    *) check+=("$1") ;;
  esac
  shift
done

say() { printf 'gate: %s\n' "$*" >&2; }

terraform=${TERRAFORM:-terraform}
read -r -a portcullis <<<"${GATE_CLI:-portcullis}"
for command in "$terraform" "${portcullis[0]}"; do
  if ! command -v "$command" >/dev/null; then
    say "$command is not on the PATH. Nothing was planned, judged or applied."
    exit 3
  fi
done

# A plan holds secrets in clear text: nobody else may read it, and it is gone when this ends.
umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

planned=0
"$terraform" plan -input=false -out="$work/tfplan" "$@" || planned=$?
# 2 is "there are changes" for whoever asked with -detailed-exitcode.
if [ "$planned" -ne 0 ] && ! { [ "$planned" -eq 2 ] && [ -s "$work/tfplan" ]; }; then
  say "$terraform plan failed ($planned). Nothing was judged or applied."
  exit "$planned"
fi

shown=0
"$terraform" show -json "$work/tfplan" >"$work/plan.json" || shown=$?
if [ "$shown" -ne 0 ]; then
  say "$terraform show failed ($shown). Nothing was judged or applied."
  exit "$shown"
fi

verdict=0
"${portcullis[@]}" check "$work/plan.json" ${check[@]+"${check[@]}"} || verdict=$?
case $verdict in
  0) ;;
  1) say 'denied. Nothing was applied.' ;;
  2) say 'the plan could not be judged. Nothing was applied.' ;;
  3) say 'portcullis check was called wrongly. Nothing was applied.' ;;
  *) say "portcullis ended with $verdict and gave no verdict. Nothing was applied." ;;
esac
if [ "$verdict" -ne 0 ]; then exit "$verdict"; fi

if [ "$apply" = no ]; then
  say 'allowed. Not applied, as asked.'
  exit 0
fi
say 'allowed. Applying this plan.'
"$terraform" apply -input=false "$work/tfplan"
