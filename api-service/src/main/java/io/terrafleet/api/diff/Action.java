package io.terrafleet.api.diff;

import com.fasterxml.jackson.databind.JsonNode;

/** What the plan does with a resource. */
public enum Action {
    CREATE("create", "+", "will be created"),
    UPDATE("update", "~", "will be updated in place"),
    REPLACE("replace", "±", "must be replaced"),
    DELETE("destroy", "-", "will be destroyed"),
    FORGET("forget", "×", "will be forgotten, not destroyed"),
    READ("read", "≤", "will be read during apply"),
    /** Only its address or its being known to terraform changes. */
    ADOPT("move", "→", "keeps its attributes"),
    NONE("no-op", " ", "does not change");

    private final String word;
    private final String symbol;
    private final String sentence;

    Action(String word, String symbol, String sentence) {
        this.word = word;
        this.symbol = symbol;
        this.sentence = sentence;
    }

    public String word() {
        return word;
    }

    public String symbol() {
        return symbol;
    }

    /** What is said after the resource's address. */
    public String sentence() {
        return sentence;
    }

    /** @param actions the plan's array of one or two words */
    static Action of(JsonNode actions) {
        if (actions.size() == 2) {
            return REPLACE;
        }
        return switch (actions.path(0).asText()) {
            case "create" -> CREATE;
            case "update" -> UPDATE;
            case "delete" -> DELETE;
            case "forget" -> FORGET;
            case "read" -> READ;
            default -> NONE;
        };
    }
}
