package io.rollcall.directory;

import io.rollcall.document.Address;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The people whose presence can be asked for before they ever published: those that configuration lists
 * ({@code rollcall.directory.people}), and those of the directory.
 */
@ApplicationScoped
public class People {
    private final String domain;
    private final Directory directory;
    private final Map<Address, Person> listed = new LinkedHashMap<>();
    private final Map<String, Address> byName = new LinkedHashMap<>();

    /** For CDI's proxy. */
    @SuppressWarnings("NullAway")
    protected People() {
        domain = null;
        directory = null;
    }

    /** Those that are listed, alone. */
    public People(String domain, Optional<List<String>> people) {
        this(domain, people, new Directory());
    }

    @Inject
    public People(
            @ConfigProperty(name = "rollcall.domain", defaultValue = "example.com") String domain,
            @ConfigProperty(name = "rollcall.directory.people") Optional<List<String>> people,
            Directory directory) {
        this.domain = domain.toLowerCase(Locale.ROOT);
        this.directory = directory;
        for (String person : people.orElse(List.of())) {
            Address address = Address.parse(person)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "rollcall.directory.people: '" + person + "' is no address like alice@example.com"));
            listed.put(address, Person.named(address));
            byName.putIfAbsent(address.local(), address);
        }
    }

    public boolean include(Address address) {
        return listed.containsKey(address) || directory.listing().includes(address);
    }

    /** What is known of somebody; empty where neither configuration nor the directory has the account. */
    public Optional<Person> find(Address account) {
        Person person = directory.listing().find(account);
        return Optional.ofNullable(person == null ? listed.get(account) : person);
    }

    /** How many people each department has, by its name. */
    public SortedMap<String, Integer> departments() {
        return directory.listing().departments();
    }

    /** As {@link #search(String)}, at most so many. */
    public List<Person> search(String text, int limit) {
        return search(text).limit(limit).toList();
    }

    /**
     * The people in whose name, address or department the text occurs: those that configuration lists in the order of the
     * list, then those of the directory by name.
     */
    public Stream<Person> search(String text) {
        String sought = Listing.lower(text.strip());
        return Stream.concat(
                listed.values().stream()
                        .filter(person -> Listing.lower(person.account().toString()).contains(sought)),
                directory.listing().search(sought).filter(person -> !listed.containsKey(person.account())));
    }

    /**
     * The account that a sign-in name stands for: that of the directory's entry with this name; else the name itself if
     * it is an address, else the listed person of that name, else the name in the server's own domain ({@code
     * rollcall.domain}), unless somebody else of the directory has that address.
     *
     * @throws Problem {@link Kind#FORBIDDEN} if it can be none of these; {@link Kind#UNAVAILABLE} as long as it is not
     *     known what is in the directory
     */
    public Address accountOf(String signInName) {
        Optional<Address> ofDirectory = directory.listing().accountOf(signInName);
        if (ofDirectory != null) {
            return ofDirectory.orElseThrow(() -> new Problem(
                    Kind.FORBIDDEN, "The directory has no account for the name you signed in with"));
        }
        if (!directory.isKnown()) {
            throw Problem.forNow("The directory has not answered yet, so nobody is known; try again soon");
        }
        return Address.parse(signInName)
                .orElseGet(() -> byName.containsKey(signInName) ? byName.get(signInName) : inOwnDomain(signInName));
    }

    private Address inOwnDomain(String signInName) {
        return Address.parse(signInName + '@' + domain)
                .filter(address -> !directory.listing().includes(address))
                .orElseThrow(() -> new Problem(Kind.FORBIDDEN, "The name you signed in with stands for no account"));
    }
}
