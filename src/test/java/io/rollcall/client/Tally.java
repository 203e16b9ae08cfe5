package io.rollcall.client;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What a flood was answered, and how soon. */
public final class Tally {
    private static final int MOST_MILLIS = 60_000;

    private final long start = System.nanoTime();
    private final Map<Integer, LongAdder> answers = new ConcurrentSkipListMap<>();
    private final Map<Integer, AtomicLongArray> millis = new ConcurrentHashMap<>();
    private final LongAdder sent = new LongAdder();
    private final LongAdder unexplained = new LongAdder();
    private volatile long end = start;

    void sent(int publications) {
        sent.add(publications);
    }

    /** @param explained whether it was said when to try again */
    void answered(int status, boolean explained, long nanos) {
        answers.computeIfAbsent(status, any -> new LongAdder()).increment();
        long took = Math.min(MOST_MILLIS, Duration.ofNanos(nanos).toMillis());
        millis.computeIfAbsent(status, any -> new AtomicLongArray(MOST_MILLIS + 1)).incrementAndGet((int) took);
        if (status >= 400 && !explained) {
            unexplained.increment();
        }
    }

    /** Notes that no more is sent. */
    void ended() {
        end = System.nanoTime();
    }

    /** Publications that were sent, a second. */
    public long sentPerSecond() {
        return perSecond(sent.sum());
    }

    /** Publications that were answered so, a second. */
    public long perSecond(int status) {
        return perSecond(count(status));
    }

    private long perSecond(long count) {
        return count * Duration.ofSeconds(1).toNanos() / Math.max(1, end - start);
    }

    public long count(int status) {
        LongAdder count = answers.get(status);
        return count == null ? 0 : count.sum();
    }

    /** By status code, how many answers there were. */
    public Map<Integer, Long> answers() {
        return answers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().sum()));
    }

    /** How many of those that were refused were not told when to try again. */
    public long unexplained() {
        return unexplained.sum();
    }

    /** Within what time so many of a hundred with that status were answered. */
    public Duration within(int ofHundred, int status) {
        AtomicLongArray counts = millis.get(status);
        long wanted = (count(status) * ofHundred + 99) / 100;
        long seen = 0;
        int at = 0;
        while (counts != null && seen < wanted) {
            seen += counts.get(at++);
        }
        return Duration.ofMillis(at);
    }

    @Override
    public String toString() {
        String each = answers().keySet().stream()
                .map(status -> status + ": " + perSecond(status) + "/s, p50 " + within(50, status).toMillis() + " ms, p99 "
                        + within(99, status).toMillis() + " ms, last " + within(100, status).toMillis() + " ms")
                .collect(Collectors.joining("; "));
        return "sent " + sentPerSecond() + "/s; " + each;
    }
}
