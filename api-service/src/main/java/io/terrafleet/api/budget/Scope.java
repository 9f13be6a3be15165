package io.terrafleet.api.budget;

/** What a budget is set on. */
public sealed interface Scope {
    record OfOrganization() implements Scope {}

    record OfProject(String id) implements Scope {}

    record OfWorkspace(String id) implements Scope {}

    /** {@code organization}, {@code project} or {@code workspace}. */
    default String word() {
        return switch (this) {
            case OfOrganization _ -> "organization";
            case OfProject _ -> "project";
            case OfWorkspace _ -> "workspace";
        };
    }
}
