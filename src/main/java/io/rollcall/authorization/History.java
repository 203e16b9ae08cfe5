package io.rollcall.authorization;

import io.rollcall.policy.Handling;
import io.rollcall.policy.PolicyLimits;
import io.rollcall.policy.Question;
import io.rollcall.policy.Ruleset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account's general rules once were, as far as it matters to what politely blocked watchers go on seeing; and
 * when those that hold now came.
 *
 * @param pasts the latest last
 * @param floor what everybody sees who saw nothing later: of what is too long ago to be listed
 * @param from the account's version that brought the rules that hold now; 0 where there never were others
 * @param first the account as one sees it who never saw it truly, when these rules came
 */
record History(List<Past> pasts, Mark floor, long from, Mark first) {
    static final History EMPTY = new History(List.of(), Mark.NONE, 0, Mark.UNTOUCHED);

    /** Others than these are rare: an owner has a handful of rulesets that it changes between. */
    private static final int MOST = 32;

    History {
        pasts = List.copyOf(pasts);
    }

    /** The history once other rules are open. */
    History next(Ruleset open, Moment now) {
        Past ended = new Past(open, from, first, now.gone(), now.hidden());
        List<Past> next = new ArrayList<>(pasts.size() + 1);
        for (Past past : pasts) {
            if (ended.replaces(past)) {
                ended = ended.withFirst(past.first());
            } else {
                next.add(past);
            }
        }
        next.add(ended);
        Mark lowest = floor;
        while (next.size() > MOST || parts(next) > PolicyLimits.PARTS) {
            lowest = lowest.orLater(next.remove(0).last());
        }
        return new History(next, lowest, now.version(), now.before());
    }

    /** The same with a floor that is not lower. */
    History withFloor(Mark other) {
        return new History(pasts, floor.orLater(other), from, first);
    }

    private static int parts(List<Past> pasts) {
        return pasts.stream().mapToInt(Past::parts).sum();
    }

    /**
     * What a watcher sees of the account who cannot see it: as of when it last could; of one who never could, as of when it
     * was first shown an offline one.
     *
     * @param handling what holds for it now
     * @param otherwise what holds for it where no rule applies
     * @param taken what was kept of it by itself, which counts for all that was before
     */
    Mark mark(Question question, Handling handling, Decision otherwise, @Nullable Single taken) {
        long since = taken == null ? 0 : taken.since();
        Mark lowest = floor.version() > since ? floor : Mark.NONE;
        for (int i = pasts.size() - 1; i >= 0 && pasts.get(i).last().version() > since; i--) {
            Mark seen = pasts.get(i).seen(question, otherwise, since);
            if (seen != null) {
                return seen.orLater(lowest);
            }
        }
        if (!lowest.equals(Mark.NONE)) {
            return lowest;
        }
        return taken == null || taken.mark().equals(Mark.NONE) ? shown(question, handling, otherwise, since) : taken.mark();
    }

    private Mark shown(Question question, Handling handling, Decision otherwise, long since) {
        Mark earliest = handling.compareTo(Handling.POLITE_BLOCK) >= 0 ? first : null;
        for (Past past : pasts) {
            if (past.last().version() > since && past.showed(question, otherwise)) {
                earliest = earliest == null ? past.first() : past.first().orEarlier(earliest);
            }
        }
        return earliest == null ? Mark.NONE : earliest;
    }

    /** Whether any rule asked for groups of the directory. */
    boolean asksForGroups() {
        return pasts.stream().anyMatch(past -> past.open().asksForGroups());
    }

    /** A text that {@link #parse} reads. */
    String text() {
        StringBuilder text = new StringBuilder(256);
        pasts.forEach(past -> past.append(text));
        return text.append("floor ").append(floor).append('\n')
                .append("now ").append(from).append(' ').append(first)
                .toString();
    }

    static History parse(String text) {
        List<Past> pasts = new ArrayList<>();
        List<String> past = new ArrayList<>();
        for (String line : text.split("\n")) {
            past.add(line);
            if (line.startsWith("rules ")) {
                pasts.add(Past.parse(past));
                past.clear();
            }
        }
        String[] floor = past.get(0).split(" ");
        String[] now = past.get(1).split(" ");
        return new History(
                pasts, Mark.parse(floor[1], floor[2]), Long.parseLong(now[1]), Mark.parse(now[2], now[3]));
    }
}
