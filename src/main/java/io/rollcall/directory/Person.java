package io.rollcall.directory;

import io.rollcall.document.Address;

/**
 * Somebody who has an account.
 *
 * @param name to be shown, such as {@code Alice Adams}; empty if not known
 * @param department empty if not known
 */
public record Person(Address account, String name, String department) {
    static Person named(Address account) {
        return new Person(account, "", "");
    }
}
