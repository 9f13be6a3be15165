package io.terrafleet.api.diff;

/** Terraform's words for why it decided so, as sentences. Source of the words: the JSON plan format's documentation. */
final class Reason {
    private Reason() {}

    static String sentence(String word) {
        return switch (word) {
            case "replace_because_tainted" -> "it is tainted";
            case "replace_because_cannot_update" -> "a change below cannot be made in place";
            case "replace_by_request" -> "its replacement was asked for";
            case "replace_by_triggers" -> "replace_triggered_by says so";
            case "delete_because_no_resource_config" -> "it is not in the configuration any more";
            case "delete_because_no_module" -> "its module is not in the configuration any more";
            case "delete_because_wrong_repetition" -> "it changed between count, for_each and neither";
            case "delete_because_count_index" -> "its index is beyond count";
            case "delete_because_each_key" -> "its key is not in for_each any more";
            case "delete_because_no_move_target" -> "it was moved to an address that is not in the configuration";
            case "read_because_config_unknown" -> "its arguments are known only after apply";
            case "read_because_dependency_pending" -> "something that it depends on changes";
            case "read_because_check_nested" -> "a check block reads it";
            default -> word.replace('_', ' ');
        };
    }
}
