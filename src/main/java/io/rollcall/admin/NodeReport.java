package io.rollcall.admin;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a node tells of itself.
 *
 * @param node its id
 * @param name its machine and port, without a blank
 * @param reportedAt when it told last, by the database's clock
 * @param broker whether the broker takes what it sends
 * @param silence for how many seconds what the broker took has not come back
 * @param databaseMillis how long the database took to answer
 * @param samples of late, the oldest first; at least one
 */
record NodeReport(
        String node,
        String name,
        Instant startedAt,
        Instant reportedAt,
        boolean broker,
        long silence,
        long databaseMillis,
        List<Sample> samples) {

    /** The last sample. */
    Sample last() {
        return samples.get(samples.size() - 1);
    }

    /** As lines that {@link #of} reads: the node, then each of its samples. */
    String text() {
        return samples.stream()
                .map(Sample::text)
                .collect(Collectors.joining(
                        "\n",
                        name + ' ' + startedAt.toEpochMilli() + ' ' + broker + ' ' + silence + ' ' + databaseMillis + '\n',
                        ""));
    }

    static NodeReport of(String node, Instant reportedAt, String text) {
        List<String> lines = text.lines().toList();
        String[] words = lines.get(0).split(" ");
        return new NodeReport(
                node,
                words[0],
                Instant.ofEpochMilli(Long.parseLong(words[1])),
                reportedAt,
                Boolean.parseBoolean(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                lines.stream().skip(1).map(Sample::of).toList());
    }
}
