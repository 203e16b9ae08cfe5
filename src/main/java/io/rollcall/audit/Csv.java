package io.rollcall.audit;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lines of comma-separated values (RFC 4180). They are opened with spreadsheets, which take what begins like a formula for
 * one, whoever wrote it; an apostrophe before it makes it text.
 */
final class Csv {
    private static final String FORMULAS = "=+-@|%";

    private Csv() {}

    /** One line, its end included; null is an empty cell. */
    static String line(List<? extends @Nullable Object> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        String visible = text.stripLeading();
        boolean formula = !visible.isEmpty() && FORMULAS.indexOf(visible.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
