package io.rollcall.subscription;

import io.rollcall.directory.People;
import io.rollcall.document.Address;
import io.rollcall.presentity.AccountPresence;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** What there is to be watched: for any other account a wish finds no resource (RFC 6665 §4.1.3). */
@ApplicationScoped
public class Resources {
    @Inject
    private People people;

    /** Whether there is such an account: something is kept of it, or the directory has the person. */
    public boolean include(AccountPresence account) {
        return account.account().isStored()
                || people.include(Address.parse(account.address()).orElseThrow());
    }
}
