package io.rollcall.admin;

import io.rollcall.publication.DeadLetter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter in a table. Anybody may have written it: nothing is in it that XML cannot hold.
 *
 * @param beginning of its body
 * @param more whether that is not all of the body
 */
public record LetterRow(
        String id,
        Instant at,
        String origin,
        String account,
        String action,
        String reason,
        String beginning,
        boolean more) {
    private static final int MOST_SHOWN = 200;
    private static final int REPLACEMENT = 0xFFFD;

    static LetterRow of(DeadLetter letter) {
        String body = shown(letter.body());
        boolean more = body.codePointCount(0, body.length()) > MOST_SHOWN;
        return new LetterRow(
                letter.id(),
                letter.at(),
                shown(letter.origin()),
                shown(letter.account()),
                shown(letter.action()),
                (letter.status() == 0 ? "" : letter.status() + ": ") + shown(letter.reason()),
                more ? body.substring(0, body.offsetByCodePoints(0, MOST_SHOWN)) : body,
                more);
    }

    private static String shown(@Nullable String text) {
        return text == null
                ? ""
                : text.codePoints()
                        .map(c -> isOfXml(c) ? c : REPLACEMENT)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    /** XML 1.0 §2.2. */
    private static boolean isOfXml(int c) {
        return c == '\t' || c == '\n' || c == '\r' || c >= ' ' && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c > 0xFFFF;
    }
}
