package io.terrafleet.api.stranger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A block of a configuration.
 *
 * @param labels behind its type
 * @param attributes by name, each as the pieces that it is written in
 * @param blocks in it
 */
record Block(String type, List<String> labels, Map<String, List<Token>> attributes, List<Block> blocks) {
    private static final int DEEPEST = 50;

    /** @return what the whole file is, as a block without a type */
    static Block file(String text) throws Unreadable {
        Reading reading = new Reading(Tokens.of(text));
        Block body = reading.body("", List.of(), 0);
        if (reading.left()) {
            throw new Unreadable("a brace in it closes nothing");
        }
        return body;
    }

    String label(int number) {
        return labels.size() > number ? labels.get(number) : "";
    }

    List<Block> of(String wanted) {
        return blocks.stream().filter(block -> block.type.equals(wanted)).toList();
    }

    /** Reads on from where it is. */
    private static final class Reading {
        private final List<Token> tokens;
        private int at;

        Reading(List<Token> tokens) {
            this.tokens = tokens;
        }

        boolean left() {
            return at < tokens.size();
        }

        /** To the closing brace, which is taken, or to the end of the file. */
        Block body(String type, List<String> labels, int depth) throws Unreadable {
            if (depth > DEEPEST) {
                throw new Unreadable("its blocks lie too deep in each other");
            }
            Map<String, List<Token>> attributes = new LinkedHashMap<>();
            List<Block> blocks = new ArrayList<>();
            while (left()) {
                Token token = tokens.get(at++);
                if (token.is("}") && depth > 0) {
                    return new Block(type, labels, attributes, blocks);
                }
                if (token.kind() == Token.Kind.LINE_END) {
                    continue;
                }
                if (!token.isName()) {
                    at--;
                    if (token.is("}")) {
                        return new Block(type, labels, attributes, blocks);
                    }
                    throw new Unreadable("there is neither an attribute nor a block at \"" + token.text() + "\"");
                }
                member(token.text(), attributes, blocks, depth);
            }
            if (depth > 0) {
                throw new Unreadable("the block " + type + " does not end");
            }
            return new Block(type, labels, attributes, blocks);
        }

        private void member(String name, Map<String, List<Token>> attributes, List<Block> blocks, int depth)
                throws Unreadable {
            List<String> labels = new ArrayList<>();
            while (left()) {
                Token token = tokens.get(at++);
                if (token.is("=") && labels.isEmpty()) {
                    attributes.put(name, expression());
                    return;
                }
                if (token.is("{")) {
                    blocks.add(body(name, List.copyOf(labels), depth + 1));
                    return;
                }
                if (token.isName() || (token.isText() && token.plain())) {
                    labels.add(token.text());
                } else {
                    break;
                }
            }
            throw new Unreadable("what begins with \"" + name + "\" is neither an attribute nor a block");
        }

        /** To the end of its line, or to a brace that closes the block around it. */
        private List<Token> expression() {
            List<Token> expression = new ArrayList<>();
            int open = 0;
            while (left()) {
                Token token = tokens.get(at);
                boolean closes = token.is("}") || token.is("]") || token.is(")");
                if (open == 0 && (token.kind() == Token.Kind.LINE_END || closes)) {
                    break;
                }
                open += token.is("{") || token.is("[") || token.is("(") ? 1 : 0;
                open -= closes ? 1 : 0;
                expression.add(token);
                at++;
            }
            return List.copyOf(expression);
        }
    }
}
