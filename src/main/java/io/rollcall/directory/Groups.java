package io.rollcall.directory;

import io.rollcall.document.Address;
import io.rollcall.recurring.Sweeps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The groups and who belongs to each: those of the directory, and those of the file {@code rollcall.directory.groups.file},
 * looked at every few seconds. Groups of one name are one. A file that cannot be read leaves its groups as they were.
 */
@ApplicationScoped
public class Groups {
    private static final Logger LOG = Logger.getLogger(Groups.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final @Nullable GroupsFile file;
    private final Directory directory;
    private final List<Consumer<Set<Address>>> listeners = new CopyOnWriteArrayList<>();
    private volatile Membership membership = new Membership(0, Instant.EPOCH, new TreeMap<>(), Map.of(), "");
    private volatile Membership before = membership;
    private SortedMap<String, Set<Address>> ofFile = new TreeMap<>();
    private Listing ofDirectory = Listing.EMPTY;
    private String complaint = "";

    @Inject
    private Sweeps sweeps;

    /** Who belongs to what, as of one revision; never changed once it is made. */
    private record Membership(
            long revision,
            Instant since,
            SortedMap<String, Set<Address>> byGroup,
            Map<Address, Set<String>> byMember,
            String digest) {}

    /** For CDI's proxy. */
    @SuppressWarnings("NullAway")
    protected Groups() {
        file = null;
        directory = null;
    }

    /** Those of a file alone. */
    public Groups(Optional<String> file) {
        this(file, new Directory());
    }

    /** @throws IllegalArgumentException saying what is wrong, if the file cannot be read at the start */
    @Inject
    @SuppressWarnings("NullAway.Init")
    public Groups(
            @ConfigProperty(name = "rollcall.directory.groups.file") Optional<String> file, Directory directory) {
        this.file = file.map(name -> new GroupsFile(Path.of(name))).orElse(null);
        this.directory = directory;
        if (this.file != null) {
            ofFile = this.file.read();
            change(this.file.modifiedAt());
        }
        ofDirectory = directory.listing();
        change(seenByAll());
    }

    /** No node that reaches the directory knows less of it by then. */
    private Instant seenByAll() {
        return Instant.now().plus(directory.refresh());
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        sweeps.every(BETWEEN_LOOKS, this::look);
    }

    /** Whether somebody belongs to a group; false where there is no such group. */
    public boolean includes(String group, Address member) {
        return members(group).contains(member);
    }

    /** Whether somebody belonged to a group before the latest change, for those who are being told of it. */
    public boolean included(String group, Address member) {
        return before.byGroup.getOrDefault(group, Set.of()).contains(member);
    }

    public boolean exists(String group) {
        return membership.byGroup.containsKey(group);
    }

    /** Those who belong to a group, in the order listed; nobody where there is no such group. */
    public Set<Address> members(String group) {
        return membership.byGroup.getOrDefault(group, Set.of());
    }

    /** The groups that somebody belongs to. */
    public Set<String> of(Address member) {
        return membership.byMember.getOrDefault(member, Set.of());
    }

    /** The groups in whose name the text occurs, at most so many, by name. */
    public List<String> search(String text, int limit) {
        String sought = text.strip().toLowerCase(Locale.ROOT);
        return membership.byGroup.keySet().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).contains(sought))
                .limit(limit)
                .toList();
    }

    /** Grows with every change of any group, so that whoever cached something sees that it is old. */
    public long revision() {
        return membership.revision;
    }

    /** Tells who is in which group: the same on all nodes that know of the same members; at most 36 characters. */
    public String digest() {
        return membership.digest;
    }

    /**
     * By when, as far as this node knows, every node had followed what changed last in the groups: by the clock of the
     * file they come from, or this machine's. It may lie ahead.
     */
    public Instant changedAt() {
        return membership.since;
    }

    /** Has a listener told, after each change, who joined or left any group. */
    public void onChange(Consumer<Set<Address>> listener) {
        listeners.add(listener);
    }

    /** Takes what file and directory say now, if that is something else. One after the other, so that each change is told. */
    void look() {
        try {
            if (file != null && file.changed()) {
                ofFile = file.read();
                follow(file.modifiedAt());
            }
            complaint = "";
        } catch (IllegalArgumentException unreadable) {
            complain(String.valueOf(unreadable.getMessage()));
        }
        Listing read = directory.listing();
        if (read != ofDirectory) {
            ofDirectory = read;
            follow(seenByAll());
        }
    }

    private void follow(Instant since) {
        change(since).ifPresent(moved -> {
            LOG.info(() -> "The groups have changed for " + moved.size() + " people");
            tell(moved);
        });
    }

    /** Once for each reason, not at every look. */
    private void complain(String reason) {
        if (!reason.equals(complaint)) {
            LOG.warning(() -> "The groups stay as they were: " + reason);
        }
        complaint = reason;
    }

    private void tell(Set<Address> moved) {
        for (Consumer<Set<Address>> listener : listeners) {
            try {
                listener.accept(moved);
            } catch (RuntimeException failure) {
                LOG.log(Level.SEVERE, "A change of the groups could not be followed", failure);
            }
        }
    }

    /** Takes what file and directory said last; gives those who joined or left any group, if that is another than before. */
    private Optional<Set<Address>> change(Instant since) {
        SortedMap<String, Set<Address>> byGroup = ofDirectory.groupsWith(ofFile);
        if (byGroup.equals(membership.byGroup)) {
            return Optional.empty();
        }
        Map<Address, Set<String>> were = membership.byMember;
        Map<Address, Set<String>> after = new HashMap<>();
        byGroup.forEach((group, members) -> members.forEach(
                member -> after.computeIfAbsent(member, any -> new TreeSet<>()).add(group)));
        Instant latest = since.isAfter(membership.since) ? since : membership.since;
        this.before = membership;
        membership = new Membership(membership.revision + 1, latest, byGroup, after, digest(byGroup));
        Set<Address> moved = new HashSet<>(were.keySet());
        moved.addAll(after.keySet());
        moved.removeIf(member -> were.getOrDefault(member, Set.of()).equals(after.getOrDefault(member, Set.of())));
        return Optional.of(moved);
    }

    private static String digest(SortedMap<String, Set<Address>> byGroup) {
        StringBuilder text = new StringBuilder();
        byGroup.forEach((group, members) -> text.append(group)
                .append(members.stream().map(Address::toString).sorted().toList())
                .append('\n'));
        return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8)).toString();
    }
}
