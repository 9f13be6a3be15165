package io.terrafleet.api.cost;

import java.util.List;
import java.util.Optional;

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

    /** The words by which one asks for a grouping. */
    List<String> WORDS = List.of("workspace", "project", "organization", "resource-type", "tag");

    /**
     * A grouping by its word; empty for another one.
     *
     * @param tag its name, where the word is {@code tag}
     */
    static Optional<Grouping> of(String word, String tag) {
        return switch (word) {
            case "workspace" -> Optional.of(new Workspaces());
            case "project" -> Optional.of(new Projects());
            case "organization" -> Optional.of(new Organizations());
            case "resource-type" -> Optional.of(new Types());
            case "tag" -> tag.isEmpty() ? Optional.empty() : Optional.of(new Tags(tag));
            default -> Optional.empty();
        };
    }

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
