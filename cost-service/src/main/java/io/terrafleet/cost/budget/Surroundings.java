package io.terrafleet.cost.budget;

import java.math.BigDecimal;

/**
 * What the other workspaces that share a budget cost a month now, since their last apply.
 *
 * @param project those of the same project
 * @param organization those of the organization, the project's included
 */
public record Surroundings(BigDecimal project, BigDecimal organization) {
    /** The workspace is alone. */
    public static final Surroundings NONE = new Surroundings(BigDecimal.ZERO, BigDecimal.ZERO);

    /** What counts besides the workspace itself for a budget of this scope. */
    BigDecimal of(String scope) {
        return switch (scope) {
            case "project" -> project;
            case "organization" -> organization;
            default -> BigDecimal.ZERO;
        };
    }
}
