package io.terrafleet.api.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Which elements of two lists stay, go and come, in order: the longest common subsequence. */
final class Sequence {
    /** Pairs compared at most; beyond it the middle is told as all gone and all come. */
    private static final long MOST_PAIRS = 1_000_000;

    private Sequence() {}

    /** One step of the way from the old list to the new. {@code before} or {@code after} is -1 when it has no place there. */
    record Step(Mark mark, int before, int after) {}

    static <T> List<Step> steps(List<T> before, List<T> after, BiPredicate<Integer, Integer> same) {
        int head = 0;
        while (head < before.size() && head < after.size() && same.test(head, head)) {
            head++;
        }
        int tail = 0;
        while (tail < before.size() - head
                && tail < after.size() - head
                && same.test(before.size() - 1 - tail, after.size() - 1 - tail)) {
            tail++;
        }
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < head; i++) {
            steps.add(new Step(Mark.SAME, i, i));
        }
        middle(head, before.size() - tail, head, after.size() - tail, same, steps);
        for (int i = tail; i > 0; i--) {
            steps.add(new Step(Mark.SAME, before.size() - i, after.size() - i));
        }
        return steps;
    }

    private static void middle(
            int from, int to, int otherFrom, int otherTo, BiPredicate<Integer, Integer> same, List<Step> steps) {
        int rows = to - from;
        int columns = otherTo - otherFrom;
        boolean compared = (long) rows * columns <= MOST_PAIRS;
        int[][] longest = compared ? lengths(from, rows, otherFrom, columns, same) : new int[0][0];
        int i = 0;
        int j = 0;
        while (i < rows && j < columns && compared) {
            if (same.test(from + i, otherFrom + j)) {
                steps.add(new Step(Mark.SAME, from + i++, otherFrom + j++));
            } else if (longest[i + 1][j] >= longest[i][j + 1]) {
                steps.add(new Step(Mark.REMOVE, from + i++, -1));
            } else {
                steps.add(new Step(Mark.ADD, -1, otherFrom + j++));
            }
        }
        while (i < rows) {
            steps.add(new Step(Mark.REMOVE, from + i++, -1));
        }
        while (j < columns) {
            steps.add(new Step(Mark.ADD, -1, otherFrom + j++));
        }
    }

    private static int[][] lengths(int from, int rows, int otherFrom, int columns, BiPredicate<Integer, Integer> same) {
        int[][] longest = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                longest[i][j] = same.test(from + i, otherFrom + j)
                        ? longest[i + 1][j + 1] + 1
                        : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        return longest;
    }
}
