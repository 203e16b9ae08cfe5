package io.rollcall.audit;

import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the log, which is read from the newest entry on: between an entry and those before it. It stays the same
 * however many come.
 *
 * @param millis when the entry was made, in milliseconds since 1970
 */
public record Position(long millis, long id) implements Serializable {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    /** Before all of them. */
    public static final Position NEWEST = new Position(Long.MAX_VALUE, Long.MAX_VALUE);

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws Problem {@link Kind#INVALID_REQUEST} if it is none
     */
    static Position parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new Problem(Kind.INVALID_REQUEST, "before is what the answer before gave as next");
        }
        return new Position(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    @Override
    public String toString() {
        return millis + "-" + id;
    }
}
