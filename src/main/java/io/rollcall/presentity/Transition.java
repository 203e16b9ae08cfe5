package io.rollcall.presentity;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What one group makes of one account: from the state that is stored to the state that will be. */
record Transition(AccountPresence before, AccountPresence after) {

    boolean isNewAccount() {
        return !before.account().isStored();
    }

    /** Whether watchers have anything to learn: a refresh alone is no news. */
    boolean isNews() {
        return before.version() != after.version();
    }

    /** Whether it is more than presentities that stay and are published for or refreshed: most often it is not. */
    boolean isMoreThanRenewal() {
        List<Renewed> renewed = new ArrayList<>();
        addRenewed(renewed);
        return isWordNew()
                || !arrived().isEmpty()
                || !left().isEmpty()
                || renewed.stream().anyMatch(Renewed::isRescheduled);
    }

    List<Presentity> arrived() {
        return after.presentities().stream()
                .filter(presentity -> before.presentity(presentity.tupleId()).isEmpty())
                .toList();
    }

    List<Presentity> left() {
        return before.presentities().stream()
                .filter(presentity -> after.presentity(presentity.tupleId()).isEmpty())
                .toList();
    }

    /** Adds the presentities that stayed and were published for or refreshed, each with the revision it had. */
    void addRenewed(List<Renewed> renewed) {
        for (Presentity old : before.presentities()) {
            after.presentity(old.tupleId())
                    .filter(next -> next != old)
                    .ifPresent(next -> renewed.add(new Renewed(old, next)));
        }
    }

    /** Whether the owner's own word is another one. */
    boolean isWordNew() {
        return !Objects.equals(
                before.account().preferredText(), after.account().preferredText());
    }

    /** What is new in the account's presentities for whoever has the state before. */
    List<Presentity> changed() {
        List<Presentity> changed = new ArrayList<>();
        for (Presentity next : after.presentities()) {
            if (next.tuple().changeVersion() > before.version()) {
                changed.add(next);
            }
        }
        return changed;
    }

    record Renewed(Presentity old, Presentity next) {
        /** Whether something of it begins or ends to hold at another time. */
        boolean isRescheduled() {
            return !Objects.equals(old.tuple().changesAtMillis(), next.tuple().changesAtMillis());
        }
    }
}
