package io.rollcall.directory;

import com.unboundid.ldap.sdk.Entry;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What directories of one make are like, where configuration does not say otherwise. */
enum DirectoryKind {
    /** OpenLDAP and most others: {@code inetOrgPerson} (RFC 2798), groups that name their members (RFC 4519). */
    INETORGPERSON(Map.of(
            "people.filter", "(objectClass=inetOrgPerson)",
            "groups.filter", "(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames))",
            "sign-in", "uid,mail",
            "department", "ou,departmentNumber",
            "member", "member,uniqueMember")),
    /** Members name their groups: a group's own list is cut off after 1,500 of them. */
    ACTIVE_DIRECTORY(Map.of(
            "people.filter", "(&(objectCategory=person)(objectClass=user))",
            "groups.filter", "(objectClass=group)",
            "sign-in", "sAMAccountName,userPrincipalName,mail",
            "department", "department",
            "member-of", "memberOf"));

    static final String ACCOUNT_CONTROL = "userAccountControl";
    private static final int ACCOUNT_DISABLED = 2;

    private final Map<String, String> presets;

    DirectoryKind(Map<String, String> presets) {
        this.presets = presets;
    }

    /** @throws IllegalArgumentException if there is no kind of that name */
    static DirectoryKind named(String name) {
        for (DirectoryKind kind : values()) {
            if (kind.name().replace('_', '-').equals(name.toUpperCase(Locale.ROOT))) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "rollcall.directory.kind: '" + name + "' is neither inetorgperson nor active-directory");
    }

    @Nullable String preset(String setting) {
        return presets.get(setting);
    }

    /** Whether somebody may sign in, as far as the entry tells; Active Directory keeps those who may not any more. */
    static boolean isActive(Entry person) {
        Integer control = person.getAttributeValueAsInteger(ACCOUNT_CONTROL);
        return control == null || (control & ACCOUNT_DISABLED) == 0;
    }
}
