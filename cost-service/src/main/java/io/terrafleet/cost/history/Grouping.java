package io.terrafleet.cost.history;

/** By what spending is told. */
public sealed interface Grouping {
    /** By project and workspace: {@code shop/web}. */
    record Workspaces() implements Grouping {}

    record Projects() implements Grouping {}

    record Organizations() implements Grouping {}

    /** By resource type, for example {@code aws_instance}. */
    record Types() implements Grouping {}

    /** By the value of a tag; what has none is under {@link #UNTAGGED}. */
    record Tags(String name) implements Grouping {}

    String UNTAGGED = "(none)";

    /** Under which name a share of a point is counted. */
    default String key(CostPoint point, CostPoint.Share share) {
        return switch (this) {
            case Workspaces workspaces -> point.projectName() + "/" + point.workspaceName();
            case Projects projects -> point.projectName();
            case Organizations organizations -> point.organization();
            case Types types -> share.type();
            case Tags tags -> share.tags().getOrDefault(tags.name(), UNTAGGED);
        };
    }
}
