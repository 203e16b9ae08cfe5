package io.rollcall.policy;

import io.rollcall.document.Address;
import java.util.AbstractList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The exceptions of one identity (RFC 4745 §7.1.3), which may be thousands: found by the watcher, not one after the other. */
final class Exceptions extends AbstractList<Except> {
    private final List<Except> all;
    private volatile @Nullable Index index;

    private record Index(Set<Address> watchers, Set<String> domains) {
        static Index of(List<Except> all) {
            Set<Address> watchers = new HashSet<>();
            for (Except except : all) {
                String id = except.id();
                if (id != null) {
                    Address.parse(id).ifPresent(watchers::add);
                }
            }
            Set<String> domains = all.stream()
                    .filter(except -> except.domain() != null)
                    .map(except -> Domains.ascii(String.valueOf(except.domain())))
                    .filter(Objects::nonNull)
                    .collect(Collectors.toUnmodifiableSet());
            return new Index(watchers, domains);
        }
    }

    private Exceptions(List<Except> all) {
        this.all = List.copyOf(all);
    }

    static Exceptions of(List<Except> all) {
        return all instanceof Exceptions same ? same : new Exceptions(all);
    }

    boolean excludes(Address watcher) {
        Index known = index;
        if (known == null) {
            known = Index.of(all);
            index = known;
        }
        if (known.watchers.contains(watcher)) {
            return true;
        }
        String domain = known.domains.isEmpty() ? null : Domains.ascii(watcher.domain());
        return domain != null && known.domains.contains(domain);
    }

    @Override
    public Except get(int place) {
        return all.get(place);
    }

    @Override
    public int size() {
        return all.size();
    }
}
