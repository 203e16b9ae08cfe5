package io.rollcall.document;

import static io.rollcall.document.Documents.ALICE;
import static io.rollcall.document.Documents.NOON;
import static io.rollcall.document.Documents.READER;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Damaged and senseless documents are refused, or what is written of them is valid and reads back equal. */
class HostileInputTest {
    private static final String[] ELEMENTS = {
        "rpid:activities", "rpid:mood", "rpid:busy", "rpid:unknown", "rpid:note", "rpid:other", "rpid:activity",
        "rpid:class", "rpid:user-input", "rpid:place-type", "rpid:place-is", "rpid:audio", "rpid:video", "rpid:ok",
        "rpid:privacy", "rpid:sphere", "rpid:status-icon", "rpid:time-offset", "rpid:relationship", "rpid:self",
        "rpid:service-class", "rpid:lunch", "rpid:happy", "dm:deviceID", "dm:person", "dm:note", "dm:timestamp",
        "dm:device", "cipid:card", "cipid:display-name", "x:a", "x:b", "presence", "note", "basic", "status", "tuple"
    };
    private static final String[] ATTRIBUTES = {
        "from='2026-01-01T00:00:00Z'", "until='later'", "id='a'", "xml:lang='en'", "xml:lang='?'", "xml:base=':'",
        "xml:space='x'", "xml:id='1'", "x:y='z'", "n='1'", "entity='pres:a@b'", "idle-threshold='-1'"
    };
    private static final String[] TEXTS = {"", "", " ", "idle", "busy", "home", "sip:a@b.c", "%", "60", "open", "\n\t"};

    @Test
    void damaged_documents_do_no_harm() {
        Random random = new Random(1742);
        for (String name : Documents.names(".")) {
            for (int i = 0; i < 120; i++) {
                tryPidf(damaged(Documents.bytes(name), random));
            }
        }
    }

    @Test
    void senseless_documents_do_no_harm() {
        Random random = new Random(1743);
        int taken = 0;
        for (int i = 0; i < 6_000; i++) {
            String inTuple = element(random, 3);
            String inPerson = element(random, 3);
            String document = Documents.document(Documents.tuple(inTuple) + element(random, 3)
                    + "<dm:person id='p'>" + inPerson + "</dm:person>");
            taken += tryPidf(document.getBytes(StandardCharsets.UTF_8)) ? 1 : 0;
            taken += tryPidf(Documents.document(Documents.tuple(inTuple)).getBytes(StandardCharsets.UTF_8)) ? 1 : 0;
        }
        assertThat(taken).isGreaterThan(500);
    }

    @Test
    void damaged_json_does_no_harm() {
        Random random = new Random(1744);
        RandomPublications publications = new RandomPublications(1745);
        for (int i = 0; i < 3_000; i++) {
            byte[] body = damaged(publications.json().getBytes(StandardCharsets.UTF_8), random);
            try {
                check(READER.readJson(body));
            } catch (InvalidDocument refused) {
                assertThat(refused).message().isNotBlank();
            }
        }
    }

    @Test
    void one_reader_serves_many_threads() throws Exception {
        List<String> names = Documents.names(".");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Publication>> tasks = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                String name = names.get(i % names.size());
                tasks.add(() -> Documents.read(name));
            }
            List<Future<Publication>> results = threads.invokeAll(tasks);
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get()).isEqualTo(Documents.read(names.get(i % names.size())));
            }
        } finally {
            threads.shutdown();
        }
    }

    private static boolean tryPidf(byte[] body) {
        try {
            check(READER.readPidf(body, null, ALICE));
            return true;
        } catch (InvalidDocument refused) {
            assertThat(refused).message().isNotBlank();
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError(new String(body, StandardCharsets.UTF_8), e);
        }
    }

    private static void check(Publication publication) {
        String written = Documents.write(publication);
        assertThat(READER.readStored(written, publication.state())).as(written).isEqualTo(publication);
        publication.deviceLabel();
        JsonWriter.write(ALICE, new PresenceDocument.PublishedTuple("t1", NOON, publication), 60, NOON);
    }

    private static byte[] damaged(byte[] body, Random random) {
        byte[] copy = body.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(copy.length);
            int from = random.nextInt(copy.length);
            int length = Math.min(random.nextInt(12), copy.length - Math.max(at, from));
            switch (random.nextInt(4)) {
                case 0 -> copy[at] = (byte) random.nextInt(256);
                case 1 -> copy[at] = (byte) "<>/\"'&;:= \n\\{}[]".charAt(random.nextInt(16));
                case 2 -> System.arraycopy(body, from, copy, at, length);
                default -> copy = Arrays.copyOf(copy, Math.max(1, copy.length - random.nextInt(4)));
            }
        }
        return copy;
    }

    private static String element(Random random, int depth) {
        String name = ELEMENTS[random.nextInt(ELEMENTS.length)];
        StringBuilder out = new StringBuilder("<").append(name);
        if (random.nextInt(3) == 0) {
            out.append(' ').append(ATTRIBUTES[random.nextInt(ATTRIBUTES.length)]);
        }
        out.append('>').append(TEXTS[random.nextInt(TEXTS.length)]);
        for (int i = depth == 0 ? 0 : random.nextInt(3); i > 0; i--) {
            out.append(element(random, depth - 1));
        }
        return out.append("</").append(name).append('>').toString();
    }
}
