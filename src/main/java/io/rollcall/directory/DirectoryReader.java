package io.rollcall.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import io.rollcall.document.Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads all people and groups of a directory. What an entry lacks, or has in a form that cannot be used, is passed over. */
final class DirectoryReader {
    /** Ends lines, or turns text around. */
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}\\s\u2028\u2029\u202a-\u202e\u2066-\u2069]+");

    private static final int MOST_LETTERS = 200;
    private static final int MOST_LETTERS_OF_A_GROUP = 100;

    private final LdapServers servers;
    private final String peopleBase;
    private final Filter peopleFilter;
    private final String groupsBase;
    private final Filter groupsFilter;
    private final String account;
    private final List<String> signIn;
    private final List<String> name;
    private final List<String> department;
    private final String groupName;
    private final List<String> member;
    private final List<String> memberOf;

    /** @throws IllegalArgumentException naming a setting that cannot be used */
    DirectoryReader(DirectorySettings settings, LdapServers servers) {
        this.servers = servers;
        String base = settings.needed("base");
        peopleBase = settings.text("people.base").orElse(base);
        peopleFilter = settings.filter("people.filter");
        groupsBase = settings.text("groups.base").orElse(base);
        groupsFilter = settings.filter("groups.filter");
        account = settings.needed("account");
        signIn = settings.list("sign-in");
        name = settings.list("name");
        department = settings.list("department");
        groupName = settings.needed("group.name");
        member = settings.list("member");
        memberOf = settings.list("member-of");
    }

    /** What was found so far of people; groups are read afterwards. */
    private static final class People {
        private final List<Person> all = new ArrayList<>();
        private final Map<String, Optional<Address>> bySignInName = new HashMap<>();
        private final Map<String, Address> byEntry = new HashMap<>();
    }

    /** @throws LDAPException if they cannot be read, or not all of them */
    Listing read() throws LDAPException {
        People people = new People();
        NestedGroups groups = new NestedGroups();
        List<String> ofPeople = all(List.of(
                List.of(account, DirectoryKind.ACCOUNT_CONTROL), signIn, name, department, memberOf));
        servers.search(peopleBase, peopleFilter, ofPeople, entry -> person(entry, people, groups));
        List<String> ofGroups = all(List.of(List.of(groupName), member, memberOf));
        servers.search(groupsBase, groupsFilter, ofGroups, entry -> group(entry, people, groups));
        return new Listing(people.all, people.bySignInName, groups.resolve());
    }

    private static List<String> all(List<List<String>> attributes) {
        return attributes.stream().flatMap(List::stream).distinct().toList();
    }

    private void person(Entry entry, People people, NestedGroups groups) {
        Address found = DirectoryKind.isActive(entry) ? accountOf(entry) : null;
        // a name that two people have stands for neither
        values(entry, signIn).map(Listing::signInName).distinct().forEach(known -> people.bySignInName.merge(
                known, Optional.ofNullable(found), (one, other) -> one.equals(other) ? one : Optional.empty()));
        String entryName = normalized(entry.getDN());
        if (found != null && entryName != null) {
            people.all.add(new Person(found, first(entry, name), first(entry, department)));
            people.byEntry.put(entryName, found);
            names(entry, memberOf).forEach(group -> groups.addMember(group, found));
        }
    }

    private @Nullable Address accountOf(Entry entry) {
        return values(entry, List.of(account))
                .flatMap(value -> Address.parse(value).stream())
                .findFirst()
                .orElse(null);
    }

    private void group(Entry entry, People people, NestedGroups groups) {
        String entryName = normalized(entry.getDN());
        String known = first(entry, List.of(groupName));
        if (entryName == null || known.isEmpty() || known.length() > MOST_LETTERS_OF_A_GROUP) {
            return;
        }
        groups.add(entryName, known);
        names(entry, memberOf).forEach(outer -> groups.addInner(outer, entryName));
        names(entry, member).forEach(one -> {
            Address person = people.byEntry.get(one);
            if (person == null) {
                groups.addInner(entryName, one);
            } else {
                groups.addMember(entryName, person);
            }
        });
    }

    private static Stream<String> values(Entry entry, List<String> attributes) {
        return attributes.stream()
                .map(entry::getAttributeValues)
                .flatMap(values -> values == null ? Stream.empty() : Stream.of(values));
    }

    private static Stream<String> names(Entry entry, List<String> attributes) {
        return values(entry, attributes).flatMap(value -> Stream.ofNullable(normalized(value)));
    }

    private static @Nullable String normalized(String distinguishedName) {
        try {
            return DN.normalize(distinguishedName);
        } catch (LDAPException none) {
            return null;
        }
    }

    /** The first that is there, fit to be shown in one line; empty if there is none. */
    private static String first(Entry entry, List<String> attributes) {
        return values(entry, attributes)
                .map(value -> UNFIT.matcher(value).replaceAll(" ").strip())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .map(value -> value.length() > MOST_LETTERS ? value.substring(0, MOST_LETTERS) : value)
                .orElse("");
    }
}
