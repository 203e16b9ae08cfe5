package io.rollcall.delivery;

import static io.rollcall.presentity.Examples.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.composition.Composition;
import io.rollcall.composition.PersonPolicy;
import io.rollcall.document.PresenceDocument;
import io.rollcall.notification.RecordingSubscriber;
import io.rollcall.notification.Sights;
import io.rollcall.notification.View;
import io.rollcall.policy.Handling;
import io.rollcall.policy.Provision;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Examples;
import io.rollcall.subscription.Subscription;
import io.rollcall.subscription.Subscriptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a node leaves to the next one: what services were told, so that it is not told again. */
class ToldTest {
    private static final AccountPresence ONLINE = Examples.loggedIn("online");

    private static AccountPresence says(AccountPresence before, String state, int seconds) {
        return before.modify(
                before.presentities().get(0), Examples.says(state), Examples.later(seconds), Examples.later(3600));
    }

    private static View view(PresenceDocument document) {
        return Sights.of(document);
    }

    private static View view(AccountPresence account) {
        return view(Composition.compose(account, PersonPolicy.LATEST_LOGIN));
    }

    private static View offline(long version, Long lastSeen) {
        return view(Composition.offline(ALICE, version, lastSeen));
    }

    /** What is known when the service was told that, and another node goes on. */
    private static Told told(View view) {
        RecordingSubscriber watcher = new RecordingSubscriber("bob@example.com", new Subscriptions());
        Subscription subscription = new Subscription(watcher, view.account());
        subscription.follow(view.handling());
        subscription.show(view.rendition() == null ? null : view.rendition().document());
        return Told.read(new Told.Notes().text(List.of(subscription)));
    }

    @Test
    void what_is_as_it_was_is_known_to_have_been_told_offline_or_not() {
        assertThat(told(offline(7, 1000L)).includes(offline(7, 1000L))).isTrue();
        assertThat(told(view(ONLINE)).includes(view(ONLINE))).isTrue();
    }

    @Test
    void a_version_that_moved_alone_tells_nothing_new() {
        assertThat(told(offline(7, 1000L)).includes(offline(9, 1000L))).isTrue();
    }

    @Test
    void what_has_changed_is_not() {
        AccountPresence busy = says(ONLINE, "busy", 1);

        assertThat(told(view(ONLINE)).includes(view(busy))).isFalse();
        assertThat(told(offline(7, 1000L)).includes(offline(9, 2000L))).isFalse();
        assertThat(told(offline(7, 1000L)).includes(view(ONLINE))).isFalse();
    }

    @Test
    void times_count_for_those_who_see_everything() {
        AccountPresence again = says(says(ONLINE, "busy", 1), "online", 2);
        View filtered = Sights.of(view(again).rendition().document(), Provision.NOTHING);

        assertThat(told(view(ONLINE)).includes(view(again))).isFalse();
        assertThat(told(view(ONLINE)).includes(filtered)).isTrue();
    }

    @Test
    void neither_is_another_decision() {
        View pending = Sights.nothing(ALICE, 7, Handling.CONFIRM);
        View blocked = Sights.nothing(ALICE, 7, Handling.BLOCK);

        assertThat(told(pending).includes(pending)).isTrue();
        assertThat(told(pending).includes(blocked)).isFalse();
        assertThat(told(blocked).includes(offline(7, null))).isFalse();
        assertThat(told(offline(7, null)).includes(blocked)).isFalse();
    }

    @Test
    void without_a_word_from_the_node_before_nothing_is() {
        assertThat(Told.read(null)).isNull();
        assertThat(Told.read(new Told.Notes().text(List.of()))).isNull();
    }
}
