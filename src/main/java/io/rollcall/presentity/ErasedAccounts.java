package io.rollcall.presentity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.hibernate.StatelessSession;

/**
 * What is left of accounts that were erased: a digest of the address and the numbers that an account of that name goes
 * on from, so that its version never falls and no cached decision fits again.
 */
final class ErasedAccounts {
    private ErasedAccounts() {}

    /** Those of the addresses that were erased, by address. */
    static Map<String, Account> load(StatelessSession session, Collection<String> addresses) {
        Map<String, String> byDigest = new HashMap<>();
        addresses.forEach(address -> byDigest.put(digest(address), address));
        Map<String, Account> erased = new HashMap<>();
        if (!byDigest.isEmpty()) {
            session.createNativeQuery(
                            "select digest, version, rules_revision from erased_account where digest in (:digests)",
                            Object[].class)
                    .setParameterList("digests", byDigest.keySet())
                    .getResultList()
                    .forEach(row -> {
                        String address = byDigest.getOrDefault(row[0].toString(), "");
                        erased.put(address, Account.erased(address, number(row[1]), number(row[2])));
                    });
        }
        return erased;
    }

    /**
     * Checks that new accounts go on from the numbers that were kept, after their rows were written: who erases one of
     * them from now on finds its row.
     *
     * @throws GroupStore.Outdated if one came and was erased since it was decided on
     */
    static void check(StatelessSession session, List<Transition> created) {
        if (created.isEmpty()) {
            return;
        }
        Database.flush(session);
        Map<String, Account> erased = load(
                session, created.stream().map(transition -> transition.after().address()).toList());
        for (Transition transition : created) {
            Account last = erased.get(transition.after().address());
            if (transition.before().version() != (last == null ? 0 : last.version())) {
                throw new GroupStore.Outdated(transition.after().address() + " was erased meanwhile");
            }
        }
    }

    /** Removes the account's row, unless it has come back within the same group, and keeps its numbers. */
    static void erase(StatelessSession session, Account erased) {
        // what refers to it goes first
        Database.flush(session);
        int removed = session.createNativeMutationQuery("delete from account where address = :address and version = :version")
                .setParameter("address", erased.address())
                .setParameter("version", erased.version())
                .executeUpdate();
        if (removed == 0) {
            return;
        }
        String digest = digest(erased.address());
        session.createNativeMutationQuery("delete from erased_account where digest = :digest")
                .setParameter("digest", digest)
                .executeUpdate();
        session.createNativeMutationQuery("insert into erased_account (digest, version, rules_revision)"
                        + " values (:digest, :version, :rulesRevision)")
                .setParameter("digest", digest)
                .setParameter("version", erased.version())
                .setParameter("rulesRevision", erased.rulesRevision())
                .executeUpdate();
    }

    private static String digest(String address) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(address.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private static long number(Object column) {
        return ((Number) column).longValue();
    }
}
