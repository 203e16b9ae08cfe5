package io.rollcall.document;

/**
 * Quick looks whether a text certainly is a value of one of the schemas' simple types. False means only that it is not
 * of the usual form; {@link PresenceSchema} decides then.
 */
final class SimpleValues {
    private SimpleValues() {}

    static boolean isPositiveInteger(String text) {
        return digits(text, 0, text.length()) && text.length() <= 18 && text.charAt(0) != '0';
    }

    static boolean isBoolean(String text) {
        return text.equals("1") || text.equals("true") || text.equals("0") || text.equals("false");
    }

    /** {@code 2026-03-01T09:30:00}, with or without decimals and zone; days after the 28th are left to the schema. */
    static boolean isDateTime(String text) {
        return text.length() >= 19
                && digits(text, 0, 4)
                && !text.startsWith("0000")
                && two(text, 4, '-', 1, 12)
                && two(text, 7, '-', 1, 28)
                && two(text, 10, 'T', 0, 23)
                && two(text, 13, ':', 0, 59)
                && two(text, 16, ':', 0, 59)
                && isZone(text, endOfDecimals(text));
    }

    private static int endOfDecimals(String text) {
        int end = 19;
        if (text.length() > 20 && text.charAt(19) == '.' && isDigit(text.charAt(20))) {
            end = 21;
            while (end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
        }
        return end;
    }

    private static boolean isZone(String text, int start) {
        int length = text.length() - start;
        return length == 0
                || length == 1 && text.charAt(start) == 'Z'
                || length == 6
                        && (two(text, start, '+', 0, 13) || two(text, start, '-', 0, 13))
                        && two(text, start + 3, ':', 0, 59);
    }

    /** The mark and after it two digits between the bounds. */
    private static boolean two(String text, int start, char mark, int min, int max) {
        if (text.charAt(start) != mark || !digits(text, start + 1, start + 3)) {
            return false;
        }
        int value = (text.charAt(start + 1) - '0') * 10 + text.charAt(start + 2) - '0';
        return value >= min && value <= max;
    }

    private static boolean digits(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return end > start;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
