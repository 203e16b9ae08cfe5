package io.rollcall.admin;

import java.time.Duration;

/**
 * What a node did within a few seconds.
 *
 * @param at when they ended, in milliseconds since 1970
 * @param publications a second
 * @param notifications a second
 * @param latency within which 99 of 100 changes had reached the last watcher, in milliseconds; 0 if there was none
 * @param waiting changes that waited to be stored at the end
 * @param watchers those connected at the end
 * @param unsent announcements that waited for the broker at the end
 */
record Sample(
        long at, double publications, double notifications, double latency, long waiting, long watchers, long unsent) {
    static final Duration INTERVAL = Duration.ofSeconds(5);

    /** As words that {@link #of} reads. */
    String text() {
        return at + " " + rounded(publications) + ' ' + rounded(notifications) + ' ' + rounded(latency) + ' ' + waiting + ' '
                + watchers + ' ' + unsent;
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }

    static Sample of(String text) {
        String[] words = text.split(" ");
        return new Sample(
                Long.parseLong(words[0]),
                Double.parseDouble(words[1]),
                Double.parseDouble(words[2]),
                Double.parseDouble(words[3]),
                Long.parseLong(words[4]),
                Long.parseLong(words[5]),
                // a node of an earlier release does not tell
                words.length > 6 ? Long.parseLong(words[6]) : 0);
    }
}
