package io.rollcall.message;

/** The names that Rollcall's destinations have at the broker. */
public final class Destinations {
    /** The queue that takes each {@link PublicationMessage}; in the server's JNDI it is {@code jms/publications}. */
    public static final String PUBLICATIONS = "rollcall.publications";

    /** The topic on which each {@link NotificationMessage} comes; in the server's JNDI it is {@code jms/notifications}. */
    public static final String NOTIFICATIONS = "rollcall.notifications";

    /** The queue of what could not be taken and had nobody to be answered to; in JNDI it is {@code jms/dead-letters}. */
    public static final String DEAD_LETTERS = "rollcall.dead-letters";

    private Destinations() {}
}
