package io.rollcall.admin;

import io.rollcall.document.State;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the console shows of an account in a line.
 *
 * @param since since when it is so; null where that is not known
 */
public record PersonRow(
        String account, State state, List<String> activities, @Nullable String note, @Nullable Instant since, int clients)
        implements Serializable {

    /** State and activities in words. */
    public String words() {
        return words(state.word(), activities);
    }

    static String words(String state, List<String> activities) {
        StringBuilder words = new StringBuilder(state);
        activities.stream()
                .filter(activity -> !activity.equals(state))
                .forEach(activity -> words.append(", ").append(activity.replace('-', ' ')));
        return words.toString();
    }
}
