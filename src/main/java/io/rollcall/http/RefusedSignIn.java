package io.rollcall.http;

/**
 * A sign-in that was refused; fired as an event wherever it is. What was typed as a name may be a password, so only names
 * that the directory knows are in it.
 *
 * @param account the account that was named, or {@link #UNKNOWN}
 * @param remote the network address it came from
 * @param means how it was tried: {@code form}, {@code basic}, …
 */
public record RefusedSignIn(String account, String remote, String means) {
    /** Stands for a name that the directory does not know. */
    public static final String UNKNOWN = "unknown";
}
