package io.terrafleet.api.diff;

/**
 * Which resources of a plan are unfolded at first: few are all; of many only those that change in place or are replaced, where old
 * and new must be compared; of very many none.
 */
public record Folding(int resources) {
    private static final int FEW = 3;
    private static final int MANY = 20;

    public static Folding of(PlanDiff diff) {
        return new Folding(diff.resources().size());
    }

    public boolean unfolded(ResourceDiff resource) {
        return switch (resource.action()) {
            case UPDATE, REPLACE -> resources <= MANY;
            case CREATE, DELETE -> resources <= FEW;
            case FORGET, READ, ADOPT, NONE -> false;
        };
    }
}
