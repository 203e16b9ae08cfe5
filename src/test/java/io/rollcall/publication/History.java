package io.rollcall.publication;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What several clients did with one presentity at once, and what they were told. It is explained if all of it could have
 * happened one after the other, each operation at some moment between its being sent and its being answered.
 *
 * <p>Revisions make that easy to tell: each success has the next one, so that only the order of these has to fit what the
 * clients saw, and when.
 */
final class History {
    /** The revision that the log-in left, and its note. */
    private static final long FIRST = 1;

    private final String firstNote;
    private final List<Operation> operations;

    enum Action {
        MODIFY,
        REFRESH,
        READ
    }

    /**
     * Something that one client did.
     *
     * @param sent when, and when it was {@code answered}, by one clock
     * @param basedOn the revision whose tag was sent; 0 for whatever is there
     * @param revision that the answer told of; 0 if it was refused for its tag
     * @param note that was published, or read
     */
    record Operation(Action action, long sent, long answered, long basedOn, long revision, String note) {
        boolean refused() {
            return revision == 0;
        }

        boolean writes() {
            return action != Action.READ && !refused();
        }

        /** The revision that was there at its moment, at least: one that is refused has met a later one than its own. */
        long met() {
            return refused() ? basedOn + 1 : revision;
        }
    }

    History(String firstNote, List<Operation> operations) {
        this.firstNote = firstNote;
        this.operations = operations;
    }

    /** What cannot be explained; empty if everything can. */
    List<String> contradictions() {
        List<String> found = new ArrayList<>();
        Map<Long, Operation> writes = new HashMap<>();
        for (Operation operation : operations) {
            if (operation.writes() && writes.put(operation.revision(), operation) != null) {
                found.add("two successes have one revision: " + operation);
            }
        }
        for (long revision = FIRST + 1; revision <= FIRST + writes.size(); revision++) {
            if (!writes.containsKey(revision)) {
                found.add("nobody made revision " + revision);
            }
        }
        operations.forEach(operation -> check(operation, writes, found));
        return found;
    }

    private void check(Operation operation, Map<Long, Operation> writes, List<String> found) {
        if (operation.writes() && operation.basedOn() != 0 && operation.revision() != operation.basedOn() + 1) {
            found.add("a stale tag won: " + operation);
        }
        if (operation.refused() && operation.basedOn() == 0) {
            found.add("whatever is there matches, and was refused: " + operation);
        }
        if (operation.action() == Action.READ && !operation.note().equals(note(operation.revision(), writes))) {
            found.add("nobody wrote what was read: " + operation);
        }
        Operation maker = writes.get(operation.met());
        if (operation.met() != FIRST && (maker == null || maker.sent() > operation.answered())) {
            found.add("it met what was not there yet: " + operation);
        }
        for (Operation later : operations) {
            boolean before = operation.answered() < later.sent();
            if (before && !later.refused() && later.revision() < operation.met() + (later.writes() ? 1 : 0)
                    && !(later == operation)) {
                found.add("time went backwards: " + operation + ", then " + later);
            }
        }
    }

    /** What the revision says: a refresh says what the one before it did. */
    private String note(long revision, Map<Long, Operation> writes) {
        long at = revision;
        while (writes.get(at) != null && writes.get(at).action() == Action.REFRESH) {
            at--;
        }
        return at == FIRST || writes.get(at) == null ? firstNote : writes.get(at).note();
    }
}
