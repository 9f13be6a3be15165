package io.terrafleet.api.page;

/**
 * The page of a run, part by part. A part that is equal to what a browser shows already is not swapped there; {@link #version} is
 * what is compared.
 *
 * @param base the page's path
 */
public record RunParts(
        String organization,
        String workspace,
        String base,
        HeadPart head,
        ActPart act,
        Timeline timeline,
        PhasePart plan,
        CostPart cost,
        PolicyPart policy,
        PhasePart apply) {

    /** A short word that changes with the part. */
    public String version(Record part) {
        return Integer.toHexString(part.hashCode());
    }
}
