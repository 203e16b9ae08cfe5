package io.rollcall.presentity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The accounts that this node keeps in memory. What others do meanwhile may overtake whoever reads or stores; where one
 * cannot tell whether it did, nothing is kept, and the account is read when it is asked for again.
 */
final class KnownAccounts {
    private static final int STRIPES = 1024;

    private final Cache<String, AccountPresence> recent;
    /** How often there was news of accounts whose hash falls into each stripe: tells who reads that it is late. */
    private final AtomicLongArray news = new AtomicLongArray(STRIPES);

    KnownAccounts(int most) {
        recent = Caffeine.newBuilder().maximumSize(most).build();
    }

    @Nullable AccountPresence recall(String address) {
        return recent.getIfPresent(address);
    }

    /** Those of the accounts that are in memory, by address. */
    Map<String, AccountPresence> recall(Collection<String> addresses) {
        return recent.getAllPresent(addresses);
    }

    /**
     * Has accounts read and keeps them, unless something newer is known, or came while they were read.
     *
     * @param reading gives one for each address, in their order
     */
    List<AccountPresence> keep(List<String> addresses, Supplier<List<AccountPresence>> reading) {
        if (addresses.isEmpty()) {
            return List.of();
        }
        long[] before = addresses.stream().mapToLong(this::news).toArray();
        List<AccountPresence> read = reading.get();
        for (int i = 0; i < before.length; i++) {
            keep(read.get(i), before[i]);
        }
        return read;
    }

    private void keep(AccountPresence read, long newsBefore) {
        recent.asMap().compute(read.address(), (address, known) -> {
            if (known != null && known.version() >= read.version()) {
                return known;
            }
            return news(address) == newsBefore ? read : null;
        });
    }

    private long news(String address) {
        return news.get(stripe(address));
    }

    private static int stripe(String address) {
        return address.hashCode() & STRIPES - 1;
    }

    /**
     * Takes what this node stored; at the same version it is the newer one, by its refreshes. If what is known is not what
     * it was made from, another node may have stored upon it already.
     */
    void stored(AccountPresence before, AccountPresence after) {
        recent.asMap().compute(after.address(), (address, known) -> {
            if (known == before) {
                return after;
            }
            return known != null && known.version() > after.version() ? known : null;
        });
    }

    /**
     * Takes note that an account is at a version at least: an older one is dropped.
     *
     * @return the account at that version or a later one, or null if it is not in memory
     */
    @Nullable AccountPresence changed(String address, long version) {
        return recent.asMap().compute(address, (any, known) -> {
            news.incrementAndGet(stripe(address));
            return known != null && known.version() >= version ? known : null;
        });
    }

    /**
     * Takes an announcement: an older one is brought up to date or dropped.
     *
     * @return the account at that version or a later one, or null if it is not in memory
     */
    @Nullable AccountPresence announced(ChangeGroup.Announced change) {
        return recent.asMap().compute(change.address(), (address, known) -> {
            news.incrementAndGet(stripe(address));
            if (known != null && known.version() >= change.version()) {
                return known;
            }
            return known == null ? null : change.after(known);
        });
    }

    void forget(Collection<String> addresses) {
        addresses.forEach(address -> changed(address, Long.MAX_VALUE));
    }

    void forgetAll() {
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            news.incrementAndGet(stripe);
        }
        recent.invalidateAll();
    }
}
