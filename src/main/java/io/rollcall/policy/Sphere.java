package io.rollcall.policy;

import java.util.List;

/**
 * True if the account's sphere is one of the words (RFC 4745 §7.3: letter case does not matter). An account whose sphere
 * is not defined is in none.
 *
 * @param value words with blanks between them, as written
 */
public record Sphere(String value) implements Condition {

    @Override
    public boolean holds(Question question) {
        String sphere = question.sphere();
        return sphere != null && words().stream().anyMatch(sphere::equalsIgnoreCase);
    }

    private List<String> words() {
        return List.of(value.strip().split("[ \t\r\n]+"));
    }
}
