package io.rollcall.policy;

import io.rollcall.document.InvalidDocument;
import java.time.Instant;
import java.util.List;

/** True within any of the periods, each from its beginning up to, but not including, its end (RFC 4745 §7.4). */
public record Validity(List<Period> periods) implements Condition {

    /**
     * A time with a beginning and an end.
     *
     * @throws InvalidDocument if it would end before it begins, or at once
     */
    public record Period(Instant from, Instant until) {
        public Period {
            if (!from.isBefore(until)) {
                throw new InvalidDocument("A validity must end after it begins; from " + from + " until " + until
                        + " is no time at all");
            }
        }

        boolean includes(Instant time) {
            return !time.isBefore(from) && time.isBefore(until);
        }
    }

    public Validity {
        periods = List.copyOf(periods);
    }

    @Override
    public boolean holds(Question question) {
        return periods.stream().anyMatch(period -> period.includes(question.time()));
    }

    /** The first time after that one at which it may begin or cease to hold; {@link Instant#MAX} if there is none. */
    Instant next(Instant time) {
        Instant next = Instant.MAX;
        for (Period period : periods) {
            for (Instant boundary : List.of(period.from, period.until)) {
                next = boundary.isAfter(time) && boundary.isBefore(next) ? boundary : next;
            }
        }
        return next;
    }
}
