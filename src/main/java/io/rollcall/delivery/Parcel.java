package io.rollcall.delivery;

import io.rollcall.http.Format;
import io.rollcall.notification.News;
import io.rollcall.notification.Notification;
import io.rollcall.notification.Rendition;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;

/**
 * What is brought to a service together.
 *
 * @param id the same as that of the one before only if both hold the same news
 * @param upTo the number of the group of changes up to which all is told with it; 0 if more waits
 */
record Parcel(String id, List<Notification> news, long upTo) {
    static final Parcel NOTHING = new Parcel("", List.of(), 0);

    private static final int MOST_EVENTS = 100;
    private static final int MOST_BYTES = 512 * 1024;

    /** Takes out of what waits as much as goes together. */
    static List<Notification> take(News waiting, Format format) {
        List<Notification> news = new ArrayList<>();
        int bytes = 0;
        Iterator<Notification> next = waiting.iterator();
        while (next.hasNext() && news.size() < MOST_EVENTS && bytes < MOST_BYTES) {
            Notification notification = next.next();
            next.remove();
            news.add(notification);
            Rendition rendition = notification.rendition();
            bytes += rendition == null ? 0 : rendition.bytes(format).length;
        }
        return news;
    }

    /** The one that is brought after this one was not taken. */
    Parcel next(List<Notification> other, long otherUpTo) {
        return new Parcel(other.equals(news) ? id : UUID.randomUUID().toString(), other, otherUpTo);
    }
}
