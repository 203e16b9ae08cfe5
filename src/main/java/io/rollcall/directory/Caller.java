package io.rollcall.directory;

import io.rollcall.document.Address;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;

/**
 * Who asks: an authenticated principal and what its roles let it do.
 *
 * @param publisher may publish for any account
 * @param admin may do all
 */
public record Caller(String name, Address account, boolean publisher, boolean admin) {

    public boolean owns(Address other) {
        return account.equals(other);
    }

    /** @throws Problem unless the caller may publish for that account */
    public void mustBePublisherFor(Address other) {
        if (!owns(other) && !publisher && !admin) {
            throw new Problem(
                    Kind.FORBIDDEN, "Only " + other + " itself, or a caller with role publisher, publishes for it");
        }
    }

    /** @throws Problem unless the caller may decide for that account */
    public void mustBeOwnerOf(Address other) {
        if (!owns(other) && !admin) {
            throw new Problem(Kind.FORBIDDEN, "Only " + other + " itself, or an administrator, may do this");
        }
    }

    /**
     * Lets administrators alone go on.
     *
     * @param refusal what others are told
     * @throws Problem {@link Kind#FORBIDDEN} for all others
     */
    public void mustBeAdmin(String refusal) {
        if (!admin) {
            throw new Problem(Kind.FORBIDDEN, refusal);
        }
    }
}
