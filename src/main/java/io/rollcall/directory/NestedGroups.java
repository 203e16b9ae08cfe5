package io.rollcall.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.rollcall.document.Address;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds who belongs to each group: its own members, and those of the groups in it, and so on. Entries are named by their
 * normalized distinguished names. Groups that contain each other have the same members.
 */
final class NestedGroups {
    private static final int MOST_MEMBERSHIPS = 5_000_000;

    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, Set<Address>> members = new HashMap<>();
    private final Map<String, Set<String>> inner = new HashMap<>();

    void add(String group, String name) {
        names.put(group, name);
    }

    void addMember(String group, Address member) {
        members.computeIfAbsent(group, any -> new LinkedHashSet<>()).add(member);
    }

    /** @param other a group; anything else is passed over */
    void addInner(String group, String other) {
        inner.computeIfAbsent(group, any -> new LinkedHashSet<>()).add(other);
    }

    /**
     * The members by the groups' names; groups of one name are one.
     *
     * @throws LDAPException if they are more than a node can hold
     */
    SortedMap<String, Set<Address>> resolve() throws LDAPException {
        SortedMap<String, Set<Address>> byName = new TreeMap<>();
        long memberships = 0;
        for (Map.Entry<String, String> group : names.entrySet()) {
            Set<Address> found = byName.computeIfAbsent(group.getValue(), any -> new LinkedHashSet<>());
            memberships -= found.size();
            collect(group.getKey(), found);
            memberships += found.size();
            if (memberships > MOST_MEMBERSHIPS) {
                throw new LDAPException(ResultCode.SIZE_LIMIT_EXCEEDED, "The groups have more than " + MOST_MEMBERSHIPS
                        + " members in all; narrow rollcall.directory.groups.filter");
            }
        }
        byName.replaceAll((name, found) -> Collections.unmodifiableSet(found));
        return Collections.unmodifiableSortedMap(byName);
    }

    private void collect(String outermost, Set<Address> found) {
        Set<String> seen = new HashSet<>(Set.of(outermost));
        Deque<String> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            String group = open.pop();
            found.addAll(members.getOrDefault(group, Set.of()));
            for (String other : inner.getOrDefault(group, Set.of())) {
                if (names.containsKey(other) && seen.add(other)) {
                    open.push(other);
                }
            }
        }
    }
}
