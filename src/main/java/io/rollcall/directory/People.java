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
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The people whose presence can be asked for before they ever published: those that configuration lists
 * ({@code rollcall.directory.people}).
 */
@ApplicationScoped
public class People {
    private final String domain;
    private final Map<String, Address> byAddress = new LinkedHashMap<>();
    private final Map<String, Address> byName = new LinkedHashMap<>();

    /** For CDI's proxy. */
    @SuppressWarnings("NullAway")
    protected People() {
        domain = null;
    }

    @Inject
    public People(
            @ConfigProperty(name = "rollcall.domain", defaultValue = "example.com") String domain,
            @ConfigProperty(name = "rollcall.directory.people") Optional<List<String>> people) {
        this.domain = domain.toLowerCase(Locale.ROOT);
        for (String person : people.orElse(List.of())) {
            Address address = Address.parse(person)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "rollcall.directory.people: '" + person + "' is no address like alice@example.com"));
            byAddress.put(address.toString(), address);
            byName.putIfAbsent(address.local(), address);
        }
    }

    public boolean include(Address address) {
        return byAddress.containsKey(address.toString());
    }

    /** The people in whose address the text occurs, at most so many, in the order they are listed. */
    public List<Address> search(String text, int limit) {
        String sought = text.strip().toLowerCase(Locale.ROOT);
        return byAddress.values().stream()
                .filter(address -> address.toString().toLowerCase(Locale.ROOT).contains(sought))
                .limit(limit)
                .toList();
    }

    /**
     * The account that a sign-in name stands for: the name itself if it is an address, else the listed person of that
     * name, else the name in the server's own domain ({@code rollcall.domain}).
     *
     * @throws Problem {@link Kind#FORBIDDEN} if it can be none of these
     */
    public Address accountOf(String signInName) {
        return Address.parse(signInName)
                .orElseGet(() -> byName.containsKey(signInName) ? byName.get(signInName) : inOwnDomain(signInName));
    }

    private Address inOwnDomain(String signInName) {
        return Address.parse(signInName + '@' + domain)
                .orElseThrow(() -> new Problem(Kind.FORBIDDEN, "The name you signed in with stands for no account"));
    }
}
