package io.rollcall.directory;

import io.rollcall.document.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file of groups: one a line, {@code sales: alice@example.com, bob@example.com}; {@code #} begins a comment. */
final class GroupsFile {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,99}");

    /** So long the clock of a file system may stand still: who writes twice meanwhile leaves the same stamp. */
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Path path;
    private @Nullable Stamp lastRead;
    private boolean settled;

    /** What tells one content from the next without reading it. */
    private record Stamp(long modified, long size, @Nullable Object key) {}

    GroupsFile(Path path) {
        this.path = path;
    }

    /** Whether there may be another content than was read last, or tried to be. */
    boolean changed() {
        return !settled || !stamp().equals(lastRead);
    }

    /**
     * Reads the groups, by name.
     *
     * @throws IllegalArgumentException naming the line, if it is none; the file, if it cannot be read
     */
    SortedMap<String, Set<Address>> read() {
        lastRead = stamp();
        settled = lastRead.modified < Instant.now().minus(TICK).toEpochMilli();
        SortedMap<String, Set<Address>> groups = new TreeMap<>();
        List<String> lines;
        try {
            lines = Files.readAllLines(path);
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            if (!line.isEmpty()) {
                read(line, path + " line " + (i + 1), groups);
            }
        }
        return groups;
    }

    private static void read(String line, String where, SortedMap<String, Set<Address>> groups) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon).strip();
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(where + ": write a group's name, a colon and its members");
        }
        Set<Address> members = groups.computeIfAbsent(name, any -> new LinkedHashSet<>());
        for (String member : line.substring(colon + 1).split(",")) {
            if (!member.isBlank()) {
                members.add(Address.parse(member)
                        .orElseThrow(() -> new IllegalArgumentException(
                                where + ": '" + member.strip() + "' is no address like alice@example.com")));
            }
        }
    }

    /** When the content that was read last was written. */
    Instant modifiedAt() {
        return lastRead == null ? Instant.EPOCH : Instant.ofEpochMilli(lastRead.modified);
    }

    private Stamp stamp() {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(file.lastModifiedTime().toMillis(), file.size(), file.fileKey());
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    private IllegalArgumentException unreadable(IOException failure) {
        return new IllegalArgumentException("rollcall.directory.groups.file " + path + " cannot be read", failure);
    }
}
