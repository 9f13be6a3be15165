package io.terrafleet.api.problem;

import java.util.Optional;

/**
 * A request that cannot be served, with what to tell the caller.
 *
 * <p>The TFE API's customs: what a caller may not see is a 404, a missing or wrong attribute a 422, a state that forbids the action
 * a 409. Nothing deterministic is a 5xx, for clients retry those for minutes.
 */
public final class Problem extends RuntimeException {
    private final int status;
    private final String title;
    private final Optional<String> detail;
    private final Optional<String> pointer;

    private Problem(int status, String title, Optional<String> detail, Optional<String> pointer) {
        super(detail.map(text -> title + ": " + text).orElse(title));
        this.status = status;
        this.title = title;
        this.detail = detail;
        this.pointer = pointer;
    }

    public static Problem unauthorized() {
        return new Problem(401, "unauthorized", Optional.empty(), Optional.empty());
    }

    /** Also for things that exist and the caller may not see. */
    public static Problem notFound() {
        return new Problem(
                404,
                "not found",
                Optional.of("Either it does not exist, or your token may not see it."),
                Optional.empty());
    }

    /** The caller may see the thing and not do this to it. */
    public static Problem forbidden(String detail) {
        return new Problem(403, "forbidden", Optional.of(detail), Optional.empty());
    }

    public static Problem conflict(String detail) {
        return new Problem(409, "conflict", Optional.of(detail), Optional.empty());
    }

    /** The request as a whole is not understood. */
    public static Problem malformed(String detail) {
        return new Problem(400, "bad request", Optional.of(detail), Optional.empty());
    }

    /**
     * @param attribute as in the document, for example {@code terraform-version}
     * @param detail a sentence that begins with the attribute's name for people: {@code Name has already been taken}
     */
    public static Problem invalid(String attribute, String detail) {
        return new Problem(422, "invalid attribute", Optional.of(detail), Optional.of("/data/attributes/" + attribute));
    }

    public static Problem invalidRelationship(String relationship, String detail) {
        return new Problem(
                422, "invalid relationship", Optional.of(detail), Optional.of("/data/relationships/" + relationship));
    }

    /** 422 without a place. */
    public static Problem unprocessable(String detail) {
        return new Problem(422, "unprocessable entity", Optional.of(detail), Optional.empty());
    }

    public static Problem tooLarge(String detail) {
        return new Problem(413, "too large", Optional.of(detail), Optional.empty());
    }

    /** The thing is over and will not come back: a fenced-off runner learns it so. */
    public static Problem gone(String detail) {
        return new Problem(410, "gone", Optional.of(detail), Optional.empty());
    }

    public static Problem of(int status, String title, String detail) {
        return new Problem(status, title, Optional.of(detail), Optional.empty());
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public Optional<String> detail() {
        return detail;
    }

    public Optional<String> pointer() {
        return pointer;
    }
}
