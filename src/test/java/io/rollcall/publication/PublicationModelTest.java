package io.rollcall.publication;

import static io.rollcall.presentity.Examples.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rollcall.composition.Composition;
import io.rollcall.composition.PersonPolicy;
import io.rollcall.document.Address;
import io.rollcall.document.PresenceDocument.Speaker;
import io.rollcall.document.Publication;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Examples;
import io.rollcall.presentity.Presentity;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever clients and time do, in whatever order: an account becomes what a far simpler model of RFC 3903 says. */
@DisplayName("RFC 3903 §4 and §6 — publications against a model")
class PublicationModelTest {
    private static final Address ALICE = Address.parse(Examples.ALICE).orElseThrow();
    private static final int STEPS = 500;
    private static final int MOST = 5;

    /** What the model knows of a live presentity. */
    private record Known(String tag, Publication publication, Instant expiresAt) {}

    /** In the order of the log-ins. */
    private final Map<String, Known> live = new LinkedHashMap<>();

    /** All tags that were ever given, by presentity; the last one of each is its current one. */
    private final Map<String, List<String>> tags = new HashMap<>();

    private final Set<String> given = new HashSet<>();
    private final List<String> tuples = new ArrayList<>();
    private long version;
    private @Nullable Long lastSeen;
    private Instant now = Examples.NOON;
    private AccountPresence presence = AccountPresence.untouched(Examples.ALICE);
    private Random random = new Random();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_account_becomes_what_the_model_says(long seed) {
        random = new Random(seed);
        for (int i = 0; i < STEPS; i++) {
            now = now.plusMillis(random.nextInt(4_000));
            PublicationChange change = change();
            step(change, "seed " + seed + ", step " + i + ": " + change);
        }
    }

    private PublicationChange change() {
        String tuple = tuples.isEmpty() || random.nextInt(20) == 0 ? "never" : tuples.get(random.nextInt(tuples.size()));
        long expires = 1 + random.nextInt(60);
        return switch (random.nextInt(10)) {
            case 0, 1 -> new PublicationChange.Login(ALICE, newTuple(), publication(), expires, 20, MOST);
            case 2 -> new PublicationChange.Login(ALICE, liveOrNew(), publication(), expires, 20, MOST);
            case 3, 4, 5 -> new PublicationChange.Modify(ALICE, tuple, tag(tuple), publication(), expires, 20);
            case 6, 7 -> new PublicationChange.Refresh(ALICE, tuple, tag(tuple), expires);
            case 8 -> new PublicationChange.Logout(ALICE, tuple, tag(tuple));
            default -> new PublicationChange.Expire(ALICE, tuple);
        };
    }

    /** A log-in that is delivered again has the tuple id that it made. */
    private String liveOrNew() {
        return live.isEmpty() ? newTuple() : List.copyOf(live.keySet()).get(random.nextInt(live.size()));
    }

    private String newTuple() {
        tuples.add("t" + tuples.size());
        return tuples.get(tuples.size() - 1);
    }

    private Publication publication() {
        return says(random.nextBoolean() ? "busy" : "online", String.valueOf(random.nextInt(3)));
    }

    /** The current tag most of the time; else an old one, another presentity's, any, or none that was ever given. */
    private String tag(String tuple) {
        List<String> its = tags.getOrDefault(tuple, List.of());
        return switch (random.nextInt(8)) {
            case 0 -> "*";
            case 1 -> "nobody's";
            case 2 -> its.isEmpty() ? "x" : its.get(random.nextInt(its.size()));
            case 3 -> given.isEmpty() ? "x" : given.iterator().next();
            default -> its.isEmpty() ? "x" : its.get(its.size() - 1);
        };
    }

    private void step(PublicationChange change, String at) {
        Kind refused = refusal(change);
        if (refused == null) {
            presence = change.decide(presence, now).next();
            accept(change, at);
        } else {
            Problem problem = catchThrowableOfType(Problem.class, () -> change.decide(presence, now));
            assertThat(problem).as(at + " has to be refused").isNotNull();
            assertThat(problem.kind()).as(at).isEqualTo(refused);
        }
        compare(at);
    }

    /** What the model refuses it for; null if it takes it. */
    private @Nullable Kind refusal(PublicationChange change) {
        if (change instanceof PublicationChange.Login login) {
            return !live.containsKey(login.tupleId()) && live.size() >= MOST ? Kind.TOO_MANY_REQUESTS : null;
        }
        if (change instanceof PublicationChange.Modify modify) {
            return refusal(modify.tupleId(), modify.entityTag());
        }
        if (change instanceof PublicationChange.Refresh refresh) {
            return refusal(refresh.tupleId(), refresh.entityTag());
        }
        if (change instanceof PublicationChange.Logout logout) {
            return refusal(logout.tupleId(), logout.entityTag());
        }
        Known known = live.get(((PublicationChange.Expire) change).tupleId());
        return known == null ? Kind.NOT_FOUND : known.expiresAt().isAfter(now) ? Kind.CONDITION_FAILED : null;
    }

    private @Nullable Kind refusal(String tuple, String tag) {
        Known known = live.get(tuple);
        if (known == null || !known.expiresAt().isAfter(now)) {
            return Kind.NOT_FOUND;
        }
        return tag.equals("*") || tag.equals(known.tag()) ? null : Kind.CONDITION_FAILED;
    }

    /** Has the model do what was done. */
    private void accept(PublicationChange change, String at) {
        if (change instanceof PublicationChange.Login login) {
            if (!live.containsKey(login.tupleId())) {
                version++;
                know(login.tupleId(), login.publication(), login.expires(), at);
            }
        } else if (change instanceof PublicationChange.Modify modify) {
            version += live.get(modify.tupleId()).publication().equals(modify.publication()) ? 0 : 1;
            know(modify.tupleId(), modify.publication(), modify.expires(), at);
        } else if (change instanceof PublicationChange.Refresh refresh) {
            know(refresh.tupleId(), live.get(refresh.tupleId()).publication(), refresh.expires(), at);
        } else if (change instanceof PublicationChange.Logout logout) {
            leave(logout.tupleId());
        } else if (change instanceof PublicationChange.Expire expire) {
            leave(expire.tupleId());
        }
    }

    private void know(String tuple, Publication publication, long expires, String at) {
        String tag = presence.presentity(tuple).orElseThrow().entityTag();
        assertThat(given.add(tag)).as(at + ": no tag is ever given twice").isTrue();
        tags.computeIfAbsent(tuple, any -> new ArrayList<>()).add(tag);
        live.put(tuple, new Known(tag, publication, now.plusSeconds(expires)));
    }

    private void leave(String tuple) {
        live.remove(tuple);
        version++;
        lastSeen = live.isEmpty() ? Long.valueOf(now.toEpochMilli()) : lastSeen;
    }

    private void compare(String at) {
        assertThat(presence.version()).as(at).isEqualTo(version);
        assertThat(presence.lastSeen()).as(at).isEqualTo(live.isEmpty() ? lastSeen : null);
        assertThat(presence.presentities()).as(at).extracting(Presentity::tupleId).containsExactlyElementsOf(live.keySet());
        live.forEach((tuple, known) -> {
            Presentity presentity = presence.presentity(tuple).orElseThrow();
            assertThat(presentity.entityTag()).as(at).isEqualTo(known.tag());
            assertThat(presentity.expiresAt()).as(at).isEqualTo(known.expiresAt());
            assertThat(presentity.tuple().published()).as(at).isEqualTo(known.publication());
        });
        Speaker speaker = Composition.compose(presence, PersonPolicy.LATEST_LOGIN).speaker();
        String latestLogin = live.keySet().stream().reduce((first, second) -> second).orElse(null);
        assertThat(speaker == null ? null : speaker.tuple()).as(at).isEqualTo(latestLogin);
    }
}
