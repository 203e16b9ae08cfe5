package io.rollcall.policy;

import io.rollcall.document.Address;
import io.rollcall.document.XmlTree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Rules such as owners might write, by chance but always the same for one seed. */
public final class RandomRules {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final List<String> WATCHERS =
            List.of("bob@example.com", "carol@example.com", "zoe@partner.example", "eve@evil.example");
    static final List<String> GROUPS = List.of("sales", "staff");
    private static final List<String> DOMAINS = List.of("example.com", "EXAMPLE.com", "partner.example", "other.example");

    private final Random random;

    public RandomRules(long seed) {
        random = new Random(seed);
    }

    Ruleset ruleset(int most) {
        List<Rule> rules = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            rules.add(rule("r" + i));
        }
        return new Ruleset(rules);
    }

    Rule rule(String id) {
        return new Rule(id, several(this::condition, 2), any(List.of(Handling.values())), provision(),
                several(this::unknown, 1), several(this::unknown, 1));
    }

    Question question() {
        Address watcher = Address.parse(any(WATCHERS)).orElseThrow();
        Instant time = NOON.plus(Duration.ofHours(random.nextInt(9) - 4));
        String sphere = random.nextInt(3) == 0 ? null : any(List.of("home", "Work", "x"));
        return new Question(watcher, time, sphere, RandomRules::isMember);
    }

    /** Each group has half of the watchers. */
    static boolean isMember(String group, Address watcher) {
        return (GROUPS.indexOf(group) + WATCHERS.indexOf(watcher.toString())) % 2 == 0;
    }

    private Condition condition() {
        return switch (random.nextInt(8)) {
            case 0 -> new Sphere(any(List.of("home", "work home", " WORK ", "y").stream().map(String::strip).toList()));
            case 1 -> new Validity(atLeastOne(this::period));
            case 2 -> unknown();
            default -> new Identity(atLeastOne(this::who));
        };
    }

    private Validity.Period period() {
        Instant from = NOON.plus(Duration.ofHours(random.nextInt(9) - 4));
        return new Validity.Period(from, from.plus(Duration.ofHours(1 + random.nextInt(3))));
    }

    private Who who() {
        return switch (random.nextInt(8)) {
            case 0 -> unknown();
            case 1, 2 -> new Group(any(GROUPS), several(this::except, 1));
            case 3, 4 -> new One(id());
            default ->
                new Many(random.nextBoolean() ? null : any(DOMAINS), several(this::except, 2),
                        random.nextInt(5) == 0 ? List.of(unknown()) : List.of());
        };
    }

    private Except except() {
        return random.nextBoolean() ? new Except(id(), null) : new Except(null, any(DOMAINS));
    }

    private String id() {
        return any(List.of("pres:", "sip:", "sips:", "tel:")) + any(WATCHERS);
    }

    private Unknown unknown() {
        return new Unknown(XmlTree.of("urn:example:x", any(List.of("a", "b")),
                random.nextBoolean() ? new Object[] {} : new Object[] {"<text> &", XmlTree.of("", "c").with("d", "\"")}));
    }

    Provision provision() {
        return switch (random.nextInt(4)) {
            case 0 -> Provision.NOTHING;
            case 1 -> Provision.EVERYTHING;
            default ->
                new Provision(
                        selection(Selector.Kind.CLASS, Selector.Kind.OCCURRENCE_ID, Selector.Kind.SERVICE_URI,
                                Selector.Kind.SERVICE_URI_SCHEME),
                        selection(Selector.Kind.CLASS, Selector.Kind.OCCURRENCE_ID),
                        selection(Selector.Kind.CLASS, Selector.Kind.OCCURRENCE_ID, Selector.Kind.DEVICE_ID),
                        new HashSet<>(several(() -> any(List.of(Attribute.values())), 12)),
                        any(List.of(UserInput.values())),
                        new HashSet<>(several(() -> new Provision.Name("urn:example:x", any(List.of("a", "b"))), 2)),
                        random.nextInt(4) == 0);
        };
    }

    private Selection selection(Selector.Kind... kinds) {
        return switch (random.nextInt(3)) {
            case 0 -> Selection.ALL;
            case 1 -> Selection.NONE;
            default ->
                new Selection(false, new HashSet<>(several(
                        () -> new Selector(any(List.of(kinds)), any(List.of("t1", "a", "sip:a@b.c", "tel", "sip"))), 3)));
        };
    }

    private <T> List<T> atLeastOne(Supplier<T> one) {
        List<T> list = new ArrayList<>(several(one, 2));
        list.add(one.get());
        return list;
    }

    private <T> List<T> several(Supplier<T> one, int most) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            list.add(one.get());
        }
        return list;
    }

    <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
