package io.terrafleet.api.review;

import io.terrafleet.api.diff.Line;
import io.terrafleet.api.diff.PlanDiff;
import io.terrafleet.api.diff.ResourceDiff;
import io.terrafleet.api.diff.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The comment in Markdown: a table of workspaces, then the plan of each, folded. What does not fit is left out with a link to all of it. */
final class CommentText {
    private static final Pattern TICKS = Pattern.compile("`{3,}");
    private static final int MOST_ROWS = 100;
    /** For the words that say what is left out. */
    private static final int RESERVE = 400;

    private CommentText() {}

    /**
     * What is said of one workspace.
     *
     * @param cost how much more a month
     * @param policy the verdict in a word
     */
    record Row(
            String workspace,
            String url,
            Word word,
            Optional<PlanDiff> plan,
            Optional<String> cost,
            Optional<String> policy) {}

    /**
     * @param note what is said before the table
     * @param most characters
     */
    static String of(String commit, Optional<String> note, List<Row> rows, int most) {
        StringBuilder text = new StringBuilder("### Terrafleet: plans of ")
                .append(commit, 0, Math.min(8, commit.length()))
                .append("\n\n");
        note.ifPresent(it -> text.append(inline(it)).append("\n\n"));
        if (rows.isEmpty()) {
            return text.append(note.isPresent() ? "" : "No workspace is touched.\n")
                    .toString();
        }
        text.append("| workspace | state | add | change | destroy | cost a month | policy |\n")
                .append("|---|---|---:|---:|---:|---:|---|\n");
        int shown = Math.min(rows.size(), MOST_ROWS);
        for (Row row : rows.subList(0, shown)) {
            String line = line(row);
            if (text.length() + line.length() > most - RESERVE) {
                return text.append("\nMore does not fit here.\n").toString();
            }
            text.append(line);
        }
        if (shown < rows.size()) {
            text.append("\nand ").append(rows.size() - shown).append(" more workspaces.\n");
        }
        plans(text, rows.subList(0, shown), most);
        return text.toString();
    }

    private static String line(Row row) {
        Optional<PlanDiff.Counts> counts = row.plan().map(PlanDiff::counts);
        return "| [" + row.workspace() + "](" + row.url() + ") | "
                + cell(row.word().text()) + " | "
                + counts.map(it -> String.valueOf(it.add())).orElse("") + " | "
                + counts.map(it -> String.valueOf(it.change())).orElse("") + " | "
                + counts.map(it -> String.valueOf(it.destroy())).orElse("") + " | "
                + row.cost().orElse("") + " | " + row.policy().orElse("") + " |\n";
    }

    private static void plans(StringBuilder text, List<Row> rows, int most) {
        List<String> leftOut = new ArrayList<>();
        for (Row row : rows) {
            if (row.plan().filter(plan -> !plan.empty()).isEmpty()) {
                continue;
            }
            String details = details(row);
            if (text.length() + details.length() <= most - RESERVE) {
                text.append(details);
            } else {
                leftOut.add("[" + row.workspace() + "](" + row.url() + ")");
            }
        }
        if (!leftOut.isEmpty()) {
            int first = Math.min(2, leftOut.size());
            text.append("\nToo long to be shown here: ")
                    .append(String.join(", ", leftOut.subList(0, first)))
                    .append(leftOut.size() > first ? " and " + (leftOut.size() - first) + " more" : "")
                    .append(".\n");
        }
    }

    private static String details(Row row) {
        StringBuilder plan = new StringBuilder();
        PlanDiff diff = row.plan().orElseThrow();
        diff.resources().forEach(resource -> resource(plan, resource));
        diff.outputs().forEach(output -> resource(plan, output));
        if (diff.cut() > 0) {
            plan.append("# ").append(diff.cut()).append(" more resources\n");
        }
        String fence = fence(plan);
        return "\n<details><summary>" + row.workspace() + "</summary>\n\n" + fence + "diff\n" + plan + fence
                + "\n\n[the whole run](" + row.url() + ")\n</details>\n";
    }

    /** Longer than any that the text has: it cannot end its own quotation. */
    private static String fence(CharSequence text) {
        int longest = 2;
        Matcher ticks = TICKS.matcher(text);
        while (ticks.find()) {
            longest = Math.max(longest, ticks.end() - ticks.start());
        }
        return String.join("", Collections.nCopies(longest + 1, "`"));
    }

    private static void resource(StringBuilder plan, ResourceDiff resource) {
        plan.append("# ")
                .append(resource.address())
                .append(' ')
                .append(resource.action().sentence())
                .append(resource.reason().map(why -> ": " + why).orElse(""))
                .append('\n');
        resource.lines().forEach(line -> plan.append(text(line)).append('\n'));
        if (resource.cut() > 0) {
            plan.append("  # ").append(resource.cut()).append(" more lines\n");
        }
    }

    /** With the marks by which hosts colour a diff. */
    private static String text(Line line) {
        String mark =
                switch (line.mark()) {
                    case ADD -> "+ ";
                    case REMOVE -> "- ";
                    case CHANGE -> "! ";
                    case SAME -> "  ";
                };
        String before = line.before().map(Value::text).orElse("");
        String after = line.after().map(Value::text).orElse("");
        String values = line.changed() ? before + " -> " + after : before + after;
        String equals = line.attribute() && !values.isEmpty() ? " = " : "";
        return mark + line.indent() + line.label() + equals + values + (line.noted() ? " # " + line.note() : "");
    }

    /** In a table a bar would begin the next cell. */
    private static String cell(String text) {
        String cut = text.length() > 200 ? text.substring(0, 199) + "…" : text;
        return inline(cut).replace("|", "\\|");
    }

    /** Without what Markdown or HTML would make something of, such as somebody's name after an at sign. */
    private static String inline(String text) {
        return text.replaceAll("\\s+", " ")
                .replaceAll("([\\\\`*_\\[\\]<>#!~])", "\\\\$1")
                .replace("@", "@\u200b");
    }
}
