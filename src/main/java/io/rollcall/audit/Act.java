package io.rollcall.audit;

import org.jspecify.annotations.Nullable;

/**
 * Something done that is to be kept. What others sent is in it only as far as it can do no harm where it is shown: on one
 * line, and not for ever.
 *
 * @param actor the account of whoever acts
 * @param target the account it is done to; null where it is none
 * @param remote the network address it is asked from
 * @param times how many times, of what is gathered
 * @param detail what else there is to know, in a few words; never a secret
 */
public record Act(String actor, Action action, @Nullable String target, String remote, int times, String detail) {
    private static final int MOST_DETAIL = 500;
    private static final int MOST_REMOTE = 64;

    public Act {
        remote = onOneLine(remote, MOST_REMOTE);
        detail = onOneLine(detail, MOST_DETAIL);
    }

    /** What would begin a line, or direct text or terminal, is a blank. */
    private static String onOneLine(String text, int most) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), most));
        text.codePoints()
                .map(c -> Character.isISOControl(c) || directs(Character.getType(c)) ? ' ' : c)
                .limit(most / 2)
                .forEach(line::appendCodePoint);
        return line.toString();
    }

    private static boolean directs(int type) {
        return type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
