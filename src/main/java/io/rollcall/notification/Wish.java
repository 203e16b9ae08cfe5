package io.rollcall.notification;

import io.rollcall.directory.Groups;
import io.rollcall.document.Address;
import io.rollcall.subscription.SubscriptionList;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a watcher asks for over one connection.
 *
 * @param groups groups of the directory: whoever belongs to one at a time is asked for at that time
 */
record Wish(Set<Address> accounts, Set<String> groups) {
    /** What the owner of a list asks for by it. */
    static Wish of(SubscriptionList list) {
        return new Wish(list.accounts(), list.groups());
    }

    /** The accounts asked for now. */
    Set<Address> addresses(Groups directory) {
        Set<Address> all = new LinkedHashSet<>(accounts);
        groups.forEach(group -> all.addAll(directory.members(group)));
        return all;
    }

    boolean includes(Address account, Groups directory) {
        return accounts.contains(account) || groups.stream().anyMatch(group -> directory.includes(group, account));
    }

    Wish and(Wish more) {
        Set<Address> allAccounts = new LinkedHashSet<>(accounts);
        allAccounts.addAll(more.accounts);
        Set<String> allGroups = new LinkedHashSet<>(groups);
        allGroups.addAll(more.groups);
        return new Wish(allAccounts, allGroups);
    }

    Wish without(Wish less) {
        Set<Address> otherAccounts = new LinkedHashSet<>(accounts);
        otherAccounts.removeAll(less.accounts);
        Set<String> otherGroups = new LinkedHashSet<>(groups);
        otherGroups.removeAll(less.groups);
        return new Wish(otherAccounts, otherGroups);
    }
}
