package io.rollcall.policy;

import io.rollcall.document.Address;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** True if any of its parts includes the watcher (RFC 4745 §7.1.1). */
public record Identity(List<Who> anyOf) implements Condition {

    public Identity {
        anyOf = List.copyOf(anyOf);
    }

    @Override
    public boolean holds(Question question) {
        for (Who who : anyOf) {
            if (who.includes(question)) {
                return true;
            }
        }
        return false;
    }

    boolean mayInclude(Address watcher) {
        return anyOf.stream().anyMatch(who -> who.mayInclude(watcher));
    }

    @Nullable Identity without(List<Address> watchers) {
        List<Who> left = anyOf.stream()
                .map(who -> {
                    List<Address> included = watchers.stream().filter(who::mayInclude).toList();
                    return included.isEmpty() ? who : who.without(included);
                })
                .filter(Objects::nonNull)
                .toList();
        return left.isEmpty() ? null : new Identity(left);
    }
}
