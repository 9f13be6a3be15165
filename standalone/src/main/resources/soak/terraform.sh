#!/usr/bin/env bash
# Speaks as terraform does (version, init, plan -out, show -json, apply of a saved plan), plays instead of building, and keeps a
# journal of what it really did: one line each, "microseconds run what words". The soak's checker compares the platform with it.
set -u
journal='@JOURNAL@'
interrupted=
trap 'interrupted=yes' INT TERM

note() { printf '%s %s %s\n' "${EPOCHREALTIME/[.,]/}" "${TFC_RUN_ID:-none}" "$*" >>"$journal"; }

rest() { # so many milliseconds
    local seconds
    printf -v seconds '%d.%03d' $(($1 / 1000)) $(($1 % 1000))
    sleep "$seconds"
}

stop_if_interrupted() { # the end's name and the plan
    [[ -z "$interrupted" ]] && return
    printf 'Interrupt received.\n\nError: execution halted\n'
    note "$1" "$2" interrupted
    exit 1
}

read_state() { # where it is says the override that the runner wrote; serial and lineage are in its second line
    local line
    state_file= serial=0 lineage=
    while IFS= read -r line; do
        [[ "$line" =~ path\ =\ \"(.*)\" ]] && state_file="${BASH_REMATCH[1]}"
    done <zz_terrafleet_override.tf
    [[ -f "$state_file" ]] || return 0
    while IFS= read -r line; do
        [[ "$line" =~ \"serial\":([0-9]+),\"lineage\":\"([^\"]*)\" ]] && serial="${BASH_REMATCH[1]}" lineage="${BASH_REMATCH[2]}"
    done <"$state_file"
}

write_state() { # the step
    local sum
    serial=$((serial + 1))
    printf '{"version":4,"terraform_version":"1.99.0",\n"serial":%s,"lineage":"%s","outputs":{},"resources":[{"mode":"managed","type":"terraform_data","name":"%s","provider":"provider[\\"terraform.io/builtin/terraform\\"]","instances":[{"schema_version":0,"attributes":{"id":"%s-%s"}}]}],"check_results":null}\n' \
        "$serial" "$lineage" "$kind" "$plan" "$1" >"$state_file.new"
    sum="$(md5sum <"$state_file.new")"
    note writing "$plan" "$serial" "$lineage" "${sum%% *}"
    mv "$state_file.new" "$state_file"
    note written "$plan" "$serial" "$lineage" "${sum%% *}"
}

do_plan() {
    local argument out= i
    for argument in "$@"; do [[ "$argument" == -out=* ]] && out="${argument#-out=}"; done
    kind=normal lines=20 plan_millis=50 apply_millis=200 steps=2
    . ./soak.conf
    read_state
    [[ -n "$lineage" ]] || lineage="lineage-$TFC_RUN_ID-$RANDOM"
    plan="$TFC_RUN_ID.$RANDOM$RANDOM"
    note plan-begin "$plan" "$serial" "$lineage"
    for ((i = 1; i <= lines; i++)); do
        printf 'soak %s line %d of %d\n' "$plan" "$i" "$lines"
        if ((i * 2 == lines)); then
            rest "$plan_millis"
            stop_if_interrupted plan-end "$plan"
        fi
    done
    if [[ "$kind" == plan-fails ]]; then
        printf '\nError: this plan was to fail\n'
        note plan-end "$plan" failed
        exit 1
    fi
    printf 'plan=%q kind=%q lines=%q apply_millis=%q steps=%q planned_serial=%q lineage=%q\n' \
        "$plan" "$kind" "$lines" "$apply_millis" "$steps" "$serial" "$lineage" >"$out"
    note plan-end "$plan" planned
}

do_show() {
    local action='create' text sum
    . "$2"
    [[ "$kind" == unchanged ]] && action='no-op'
    printf -v text '{"format_version":"1.2","terraform_version":"1.99.0","resource_changes":[{"address":"terraform_data.%s","mode":"managed","type":"terraform_data","name":"%s","provider_name":"terraform.io/builtin/terraform","change":{"actions":["%s"],"before":null,"after":{"input":"%s"},"after_unknown":{},"before_sensitive":false,"after_sensitive":{}}}],"planned_values":{"root_module":{}},"configuration":{"root_module":{}},"applyable":true,"complete":true,"errored":false}' \
        "$kind" "$kind" "$action" "$plan"
    sum="$(printf '%s' "$text" | sha256sum)"
    note shown "$plan" "${sum%% *}"
    printf '%s' "$text"
}

do_apply() {
    local i step planned_lineage
    . "${!#}"
    planned_lineage="$lineage"
    read_state
    note apply-begin "$plan" "$serial"
    if [[ "$serial" != "$planned_serial" ]] || [[ -n "$lineage" && "$lineage" != "$planned_lineage" ]]; then
        printf '\nError: Saved plan is stale\n'
        note apply-end "$plan" stale
        exit 1
    fi
    lineage="$planned_lineage"
    for ((step = 1; step <= steps; step++)); do
        for ((i = 1; i <= apply_millis / steps; i += 100)); do
            rest 100
            note ticking "$plan"
            stop_if_interrupted apply-end "$plan"
        done
        write_state "$step"
        if [[ "$kind" == apply-fails ]]; then
            printf '\nError: this apply was to fail\n'
            note apply-end "$plan" failed
            exit 1
        fi
    done
    for ((i = 1; i <= lines; i++)); do printf 'soak %s line %d of %d\n' "$plan" "$i" "$lines"; done
    printf '\nApply complete! Resources: 1 added, 0 changed, 0 destroyed.\n'
    note apply-end "$plan" applied
}

command="${1:-}"
shift
case "$command" in
    version) printf '{"terraform_version":"1.99.0","platform":"linux_amd64","provider_selections":{},"terraform_outdated":false}\n' ;;
    init) printf 'Terraform has been successfully initialized!\n' ;;
    plan) do_plan "$@" ;;
    show) do_show "$@" ;;
    apply) do_apply "$@" ;;
    *)
        printf 'the simulated terraform has no command "%s"\n' "$command" >&2
        exit 2
        ;;
esac
