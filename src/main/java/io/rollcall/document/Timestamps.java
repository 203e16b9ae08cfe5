package io.rollcall.document;

import java.time.Instant;

/** Times as documents carry them: RFC 3339 in UTC with exactly three decimals, {@code 2026-03-01T09:30:00.000Z}. */
final class Timestamps {
    private static final long DAY = 86_400_000L;

    private Timestamps() {}

    /** Appends the time; what is finer than a millisecond is cut off. */
    static StringBuilder append(StringBuilder out, Instant time) {
        long millis = time.toEpochMilli();
        appendDate(out, Math.floorDiv(millis, DAY));
        int ofDay = (int) Math.floorMod(millis, DAY);
        pad(out.append('T'), ofDay / 3_600_000, 2);
        pad(out.append(':'), ofDay / 60_000 % 60, 2);
        pad(out.append(':'), ofDay / 1000 % 60, 2);
        return pad(out.append('.'), ofDay % 1000, 3).append('Z');
    }

    /** The proleptic Gregorian date of a day counted from 1970, by 400-year cycles that begin in March. */
    private static void appendDate(StringBuilder out, long epochDay) {
        long shifted = epochDay + 719_468;
        long cycle = Math.floorDiv(shifted, 146_097);
        int ofCycle = Math.floorMod(shifted, 146_097);
        int year = (ofCycle - ofCycle / 1460 + ofCycle / 36_524 - ofCycle / 146_096) / 365;
        int ofYear = ofCycle - (365 * year + year / 4 - year / 100);
        int monthFromMarch = (5 * ofYear + 2) / 153;
        int day = ofYear - (153 * monthFromMarch + 2) / 5 + 1;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        pad(out, (int) (cycle * 400 + year + (month <= 2 ? 1 : 0)), 4);
        pad(out.append('-'), month, 2);
        pad(out.append('-'), day, 2);
    }

    private static StringBuilder pad(StringBuilder out, int value, int digits) {
        for (int bound = digits == 4 ? 1000 : digits == 3 ? 100 : 10; value < bound && bound > 1; bound /= 10) {
            out.append('0');
        }
        return out.append(value);
    }
}
