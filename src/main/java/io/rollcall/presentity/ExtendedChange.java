package io.rollcall.presentity;

import java.time.Instant;
import java.util.function.Function;

/** A change with something more that is stored in its transaction. */
record ExtendedChange<R>(Change<R> change, Function<Instant, Change.Alongside> more) implements Change<R> {

    @Override
    public String address() {
        return change.address();
    }

    @Override
    public int size() {
        return change.size();
    }

    @Override
    public Outcome<R> decide(AccountPresence now, Instant time) {
        Outcome<R> outcome = change.decide(now, time);
        Alongside first = outcome.alongside();
        Alongside then = more.apply(time);
        return new Outcome<>(outcome.next(), outcome.answer(), session -> {
            if (first != null) {
                first.store(session);
            }
            then.store(session);
        });
    }
}
