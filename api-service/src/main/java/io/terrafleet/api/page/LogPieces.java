package io.terrafleet.api.page;

import io.terrafleet.api.log.Logs;
import io.terrafleet.api.terminal.StructuredLog;
import io.terrafleet.api.terminal.Terminal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Logs for pages: HTML from a position on, and the position that comes after it. */
@ApplicationScoped
class LogPieces {
    /** Bytes of one piece. */
    private static final int PIECE = 262_144;

    /** Of a longer log only the end is shown; all of it can be read as text. */
    private static final long MOST_SHOWN = 3_000_000;

    /** Offset in bytes and the terminal's state, as {@code 1234:bk2}. */
    private static final Pattern POSITION = Pattern.compile("(\\d{1,15}):([a-z0-9]{0,20})");

    private final Logs logs;

    LogPieces(Logs logs) {
        this.logs = logs;
    }

    /**
     * @param at where to go on
     * @param more whether there is more already
     * @param ended whether nothing will come any more
     */
    record Piece(String html, String at, boolean more, boolean ended) {}

    Piece next(String log, String position) {
        Matcher matcher = POSITION.matcher(position);
        return matcher.matches()
                ? from(log, Long.parseLong(matcher.group(1)), Terminal.at(matcher.group(2)), "")
                : first(log);
    }

    private Piece first(String log) {
        long length = logs.length(log);
        if (length <= MOST_SHOWN) {
            return from(log, 0, Terminal.fresh(), "");
        }
        long skipped = length - MOST_SHOWN;
        String note = "<span class=\"t-f\">… the first " + skipped / 1_000_000 + " MB are left out here</span>\n";
        return from(log, skipped, Terminal.fresh(), note);
    }

    /** A line as long as a piece is shown in parts, as it is. */
    private static StructuredLog.Shown shown(byte[] bytes, boolean ended) {
        StructuredLog.Shown shown = StructuredLog.shown(bytes, ended);
        boolean stuck = bytes.length == PIECE && shown.held() == PIECE;
        return stuck ? StructuredLog.shown(bytes, true) : shown;
    }

    private Piece from(String log, long offset, Terminal terminal, String before) {
        byte[] bytes = logs.read(log, offset, PIECE);
        boolean ended = logs.endsAt(log, offset + bytes.length);
        StructuredLog.Shown shown = shown(bytes, ended);
        String html = terminal.html(shown.text());
        long next = offset + bytes.length - shown.held() - (ended ? 0 : terminal.held());
        String rest = ended ? terminal.rest() : "";
        boolean more = !ended && bytes.length == PIECE;
        return new Piece(before + html + rest, next + ":" + terminal.state(), more, ended);
    }
}
