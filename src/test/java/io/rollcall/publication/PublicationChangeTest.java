package io.rollcall.publication;

import static io.rollcall.presentity.Examples.later;
import static io.rollcall.presentity.Examples.loggedIn;
import static io.rollcall.presentity.Examples.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rollcall.document.Address;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Examples;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PublicationChangeTest {
    private static final Address ALICE = Address.parse(Examples.ALICE).orElseThrow();

    private static final Instant LATER = later(60);
    /** When what logged in is due. */
    private static final Instant EXPIRY = later(3600);

    private final AccountPresence presence = loggedIn("online");
    private final String tag = presence.presentities().get(0).entityTag();

    @Test
    void rfc3903_6_3_a_tag_that_is_not_the_current_one_is_refused() {
        assertThat(refusal(modify("t1", tag + "0"), LATER)).isEqualTo(Kind.CONDITION_FAILED);
        assertThat(refusal(new PublicationChange.Refresh(ALICE, "t1", "x", 60), LATER)).isEqualTo(Kind.CONDITION_FAILED);
        assertThat(refusal(new PublicationChange.Logout(ALICE, "t1", "x"), LATER)).isEqualTo(Kind.CONDITION_FAILED);
    }

    @Test
    void rfc3903_6_1_what_is_gone_is_not_found_before_its_tag_is_looked_at() {
        assertThat(refusal(modify("t2", tag), LATER)).isEqualTo(Kind.NOT_FOUND);
        assertThat(refusal(modify("t2", "x"), LATER)).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void what_is_due_is_gone_even_before_the_sweep_has_come() {
        assertThat(refusal(modify("t1", tag), EXPIRY)).isEqualTo(Kind.NOT_FOUND);
        assertThat(refusal(new PublicationChange.Refresh(ALICE, "t1", tag, 60), EXPIRY)).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void rfc9110_13_1_1_a_star_matches_what_is_there() {
        assertThat(modify("t1", "*").decide(presence, LATER).next().version()).isEqualTo(2);
        assertThat(refusal(modify("t2", "*"), LATER)).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void a_login_that_may_come_again_is_kept_and_once_known_brings_nobody_back_who_has_gone() {
        PublicationChange.Login first = login(false);
        PublicationChange.Login again = login(true);
        PublicationChange.Outcome<Published> stored = first.decide(presence, LATER);
        AccountPresence live = stored.next();

        assertThat(stored.alongside()).as("kept in the same transaction").isNotNull();
        assertThat(first.decide(live, LATER).alongside()).isNull();
        assertThat(again.decide(live, LATER).next()).isEqualTo(live);
        AccountPresence gone = live.leave(live.presentity("t9").orElseThrow(), LATER);
        assertThat(catchThrowableOfType(Problem.class, () -> again.decide(gone, LATER)).kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    private static PublicationChange.Login login(boolean again) {
        return new PublicationChange.Login(ALICE, "t9", says("busy"), 60, 10, 5, true, again);
    }

    @Test
    void each_operation_is_checked_against_the_tag_that_the_one_before_left() {
        PublicationChange.Refresh refresh = new PublicationChange.Refresh(ALICE, "t1", tag, 60);
        AccountPresence after = refresh.decide(presence, LATER).next();

        Problem refused = catchThrowableOfType(Problem.class, () -> refresh.decide(after, LATER));

        assertThat(refused.kind()).isEqualTo(Kind.CONDITION_FAILED);
    }

    @Test
    void a_login_over_the_limit_is_refused() {
        PublicationChange.Login login =
                new PublicationChange.Login(ALICE, "t9", says("busy"), 60, 20, 2);

        assertThat(login.decide(presence, LATER).next().presentities()).hasSize(2);
        Problem refused = catchThrowableOfType(
                Problem.class, () -> login.decide(loggedIn("online", "online"), LATER));
        assertThat(refused.kind()).isEqualTo(Kind.TOO_MANY_REQUESTS);
    }

    @Test
    void an_expiry_ends_what_is_due_and_spares_what_was_refreshed_meanwhile() {
        PublicationChange.Expire expire = new PublicationChange.Expire(ALICE, "t1");

        assertThat(expire.decide(presence, EXPIRY).next().presentities()).isEmpty();
        assertThat(refusal(expire, EXPIRY.minusMillis(1))).isEqualTo(Kind.CONDITION_FAILED);
        Problem gone = catchThrowableOfType(Problem.class, () -> expire.decide(loggedIn(), EXPIRY));
        assertThat(gone.kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void the_answer_carries_what_was_stored_and_granted() {
        Published published = modify("t1", tag).decide(presence, LATER).answer();

        assertThat(published.expires()).isEqualTo(60);
        assertThat(published.presentity().expiresAt()).isEqualTo(LATER.plusSeconds(60));
        assertThat(published.presentity().entityTag()).isNotEqualTo(tag);
    }

    private static PublicationChange.Modify modify(String tuple, String tag) {
        return new PublicationChange.Modify(ALICE, tuple, tag, says("busy"), 60, 20);
    }

    private Kind refusal(PublicationChange change, Instant time) {
        return catchThrowableOfType(Problem.class, () -> change.decide(presence, time)).kind();
    }
}
