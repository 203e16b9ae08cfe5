package io.rollcall.directory;

import io.rollcall.document.Address;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory's people and groups as they were at one time. */
final class Listing {
    private static final Comparator<Person> BY_NAME =
            Comparator.comparing((Person person) -> person.name().isEmpty() ? person.account().toString() : person.name(),
                            String.CASE_INSENSITIVE_ORDER)
                    .thenComparing(person -> person.account().toString());

    static final Listing EMPTY = new Listing(List.of(), Map.of(), Collections.emptySortedMap());

    private final Map<Address, Person> byAccount;
    private final Map<String, Optional<Address>> bySignInName;
    private final SortedMap<String, Set<Address>> groups;
    private final SortedMap<String, Integer> departments = new TreeMap<>();
    private final List<Findable> findable;

    private record Findable(Person person, String text) {}

    /**
     * @param people those of one account are one person: the first
     * @param bySignInName by {@link #signInName}; empty for names that stand for no account
     * @param groups the members of each group
     */
    Listing(
            List<Person> people,
            Map<String, Optional<Address>> bySignInName,
            SortedMap<String, Set<Address>> groups) {
        byAccount = new HashMap<>();
        people.forEach(person -> byAccount.putIfAbsent(person.account(), person));
        this.bySignInName = bySignInName;
        this.groups = groups;
        byAccount.values().stream()
                .map(Person::department)
                .filter(department -> !department.isEmpty())
                .forEach(department -> departments.merge(department, 1, Integer::sum));
        findable = byAccount.values().stream().sorted(BY_NAME).map(Listing::findable).toList();
    }

    private static Findable findable(Person person) {
        return new Findable(person, lower(person.name() + '\n' + person.account() + '\n' + person.department()));
    }

    /** How a name to sign in with is compared: without regard to case, and to how many spaces it has (RFC 4518). */
    static String signInName(String name) {
        return lower(name.strip().replaceAll("\\s+", " "));
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    int size() {
        return byAccount.size();
    }

    boolean includes(Address account) {
        return byAccount.containsKey(account);
    }

    @Nullable Person find(Address account) {
        return byAccount.get(account);
    }

    /** How many people each department has, by its name. */
    SortedMap<String, Integer> departments() {
        return Collections.unmodifiableSortedMap(departments);
    }

    /** The people in whose name, address or department the text occurs, by name. */
    Stream<Person> search(String text) {
        String sought = lower(text.strip());
        return findable.stream().filter(one -> one.text.contains(sought)).map(Findable::person);
    }

    /** The account of a name to sign in with; empty if the directory gives it none, null if it does not know it. */
    @Nullable Optional<Address> accountOf(String name) {
        return bySignInName.get(signInName(name));
    }

    SortedMap<String, Set<Address>> groups() {
        return groups;
    }

    /** These groups and others; members of one name are together. */
    SortedMap<String, Set<Address>> groupsWith(SortedMap<String, Set<Address>> others) {
        SortedMap<String, Set<Address>> all = new TreeMap<>(groups);
        others.forEach((name, members) -> all.merge(name, members, Listing::union));
        return all;
    }

    private static Set<Address> union(Set<Address> some, Set<Address> more) {
        Set<Address> all = new LinkedHashSet<>(some);
        all.addAll(more);
        return Collections.unmodifiableSet(all);
    }
}
