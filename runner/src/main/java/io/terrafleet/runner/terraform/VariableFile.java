package io.terrafleet.runner.terraform;

import io.terrafleet.contracts.runner.Claim;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The workspace's {@code terraform} variables as a file for {@code -var-file}, which wins over {@code terraform.tfvars} and
 * {@code *.auto.tfvars} of the configuration. HCL values stand as they are, all others as quoted texts.
 */
public final class VariableFile {
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]{0,255}");

    private VariableFile() {}

    /** @throws IllegalArgumentException when a name cannot be a variable's */
    public static String render(List<Claim.Variable> variables) {
        StringBuilder file = new StringBuilder();
        for (Claim.Variable variable : variables) {
            if (variable.category().equals("terraform")) {
                if (!NAME.matcher(variable.key()).matches()) {
                    throw new IllegalArgumentException(
                            "the variable \"" + variable.key().replaceAll("\\p{Cntrl}", "?")
                                    + "\" cannot be set: a name is a letter or \"_\", then letters, digits, \"_\" and \"-\"");
                }
                file.append(variable.key()).append(" = ");
                file.append(variable.hcl() ? variable.value() : quote(variable.value()));
                file.append('\n');
            }
        }
        return file.toString();
    }

    /** An HCL quoted text that means exactly {@code text}. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 8).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '$', '%' -> {
                    quoted.append(c);
                    if (i + 1 < text.length() && text.charAt(i + 1) == '{') {
                        quoted.append(c);
                    }
                }
                default -> {
                    if (c < 0x20 || c == 0x7f) {
                        quoted.append(String.format("\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
