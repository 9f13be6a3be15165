package io.terrafleet.api.configuration;

/** The archive is broken or hostile; told in a sentence for whoever made it. */
public final class ArchiveRefused extends Exception {
    private static final int LONGEST_NAME = 120;

    private final String sentence;

    ArchiveRefused(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }

    static ArchiveRefused entry(String name, String fault) {
        String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
        return new ArchiveRefused(
                "The archive is refused: \"" + shown.replaceAll("\\p{Cntrl}", "?") + "\" " + fault + ".");
    }
}
