package io.rollcall.document;

import java.util.Locale;
import java.util.Optional;

/**
 * An account's name, {@code alice@example.com}. Its presence URI is {@code pres:} and this (RFC 3859).
 *
 * @param local what stands before the @, case kept
 * @param domain in lower case
 */
public record Address(String local, String domain) {
    private static final int MAX_LENGTH = 320;
    private static final String FORBIDDEN = " \t\r\n<>\"&,\\/?#%:;@";

    /**
     * Reads an address or its {@code pres:}, {@code sip:} or {@code sips:} URI; a SIP URI's port, parameters and
     * headers say nothing about the account and are dropped (RFC 3261 §19.1). Empty where the text is none of these.
     */
    public static Optional<Address> parse(String text) {
        String rest = text.strip();
        int colon = rest.indexOf(':');
        int at = rest.indexOf('@');
        if (colon >= 0 && (at < 0 || colon < at)) {
            String scheme = rest.substring(0, colon).toLowerCase(Locale.ROOT);
            boolean sip = scheme.equals("sip") || scheme.equals("sips");
            if (!sip && !scheme.equals("pres")) {
                return Optional.empty();
            }
            rest = rest.substring(colon + 1);
            rest = cutAt(rest, '?');
            if (sip) {
                rest = cutAt(rest, ';');
                int port = rest.indexOf(':', Math.max(0, rest.lastIndexOf('@')));
                rest = port < 0 ? rest : rest.substring(0, port);
            }
            rest = decode(rest);
        }
        at = rest.lastIndexOf('@');
        if (at < 1 || at == rest.length() - 1) {
            return Optional.empty();
        }
        String local = rest.substring(0, at);
        String domain = rest.substring(at + 1).toLowerCase(Locale.ROOT);
        boolean fits = local.length() + 1 + domain.length() <= MAX_LENGTH;
        return fits && clean(local) && clean(domain) ? Optional.of(new Address(local, domain)) : Optional.empty();
    }

    /** The presence URI (RFC 3859), what {@code entity} carries. */
    public String uri() {
        return uri(toString());
    }

    /** The presence URI of an account's address; what may not stand in a URI as it is, is percent-encoded. */
    static String uri(String account) {
        StringBuilder out = new StringBuilder(account.length() + 8).append("pres:");
        return PercentEncoding.append(out, account, "-._~!$&'()*+,;=:@").toString();
    }

    /** Whether an account's address is this one; without making a text of it. */
    public boolean is(String account) {
        return account.length() == local.length() + 1 + domain.length()
                && account.startsWith(local)
                && isOfDomainOf(account)
                && account.charAt(local.length()) == '@';
    }

    /** Whether an account of that address is of the same domain. */
    public boolean isOfDomainOf(String account) {
        int at = account.length() - domain.length() - 1;
        return at >= 0 && account.charAt(at) == '@' && account.endsWith(domain);
    }

    @Override
    public String toString() {
        return local + '@' + domain;
    }

    private static String cutAt(String text, char mark) {
        int end = text.indexOf(mark);
        return end < 0 ? text : text.substring(0, end);
    }

    private static String decode(String text) {
        String decoded = PercentEncoding.decode(text);
        return decoded == null ? text : decoded;
    }

    private static boolean clean(String part) {
        return part.chars().noneMatch(c -> c < ' ' || FORBIDDEN.indexOf(c) >= 0 || c > '~' && isUnseen(c));
    }

    /** Controls, spaces and marks that show as nothing or turn text around: two accounts must not look the same. */
    private static boolean isUnseen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
