package io.rollcall.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.notification.FrameReader.Violation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private final List<String> heard = new ArrayList<>();
    private final FrameReader reader = new FrameReader(
            new FrameReader.Receiver() {
                @Override
                public void message(byte[] text) {
                    heard.add(new String(text, StandardCharsets.UTF_8));
                }

                @Override
                public void ping(byte[] payload) {
                    heard.add("ping " + payload.length);
                }

                @Override
                public void closing() {
                    heard.add("closing");
                }
            },
            1000);

    /** A frame as a client sends it: masked. */
    private static byte[] frame(int first, String text) {
        return frame(first, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] frame(int first, byte[] payload) {
        byte[] mask = {1, 2, 3, 4};
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else {
            out.write(0x80 | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        }
        out.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ mask[i & 3]);
        }
        return out.toByteArray();
    }

    private void read(byte[]... pieces) throws Violation {
        for (byte[] piece : pieces) {
            reader.read(piece, piece.length);
        }
    }

    private void violates(int code, byte[] bytes) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOfSatisfying(Violation.class, v -> assertThat(v.code()).isEqualTo(code));
    }

    @Test
    void a_message_may_arrive_byte_by_byte() throws Violation {
        for (byte b : frame(0x81, "größe")) {
            read(new byte[] {b});
        }
        assertThat(heard).containsExactly("größe");
    }

    @Test
    void several_messages_may_arrive_at_once() throws Violation {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(frame(0x81, "one"));
        all.writeBytes(frame(0x81, "x".repeat(300)));
        all.writeBytes(frame(0x81, ""));
        read(all.toByteArray());
        assertThat(heard).containsExactly("one", "x".repeat(300), "");
    }

    @Test
    void rfc6455_5_4_a_message_may_come_in_parts_with_a_ping_between_them() throws Violation {
        read(frame(0x01, "in "), frame(0x89, "?"), frame(0x00, "three "), frame(0x80, "parts"));
        assertThat(heard).containsExactly("ping 1", "in three parts");
    }

    @Test
    void a_close_is_passed_on_and_a_pong_is_not() throws Violation {
        read(frame(0x8a, ""), frame(0x88, ""));
        assertThat(heard).containsExactly("closing");
    }

    @Test
    void rfc6455_5_1_an_unmasked_frame_is_a_violation() {
        violates(1002, new byte[] {(byte) 0x81, 1, 'x'});
    }

    @Test
    void rfc6455_5_frames_out_of_place_are_violations() {
        violates(1002, frame(0x80, "continues nothing"));
        violates(1002, frame(0xc1, "reserved bit"));
        violates(1002, frame(0x83, "unknown opcode"));
        violates(1002, frame(0x09, "a ping in parts"));
    }

    @Test
    void a_new_message_inside_another_is_a_violation() throws Violation {
        read(frame(0x01, "first"));
        violates(1002, frame(0x81, "second"));
    }

    @Test
    void binary_is_refused() {
        violates(1003, frame(0x82, "bytes"));
    }

    @Test
    void a_message_that_is_too_long_is_refused_before_it_is_read() {
        violates(1009, new byte[] {(byte) 0x81, (byte) 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4});
        violates(1009, new byte[] {(byte) 0x81, (byte) 0xff, (byte) 0xff, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4});
    }

    @Test
    void parts_that_add_up_to_too_much_are_refused() throws Violation {
        read(frame(0x01, "x".repeat(600)));
        violates(1009, frame(0x80, "x".repeat(600)));
    }

    @Test
    void a_message_may_come_in_as_many_parts_as_it_has_bytes_and_in_empty_ones() throws Violation {
        byte[] part = frame(0x00, "x");
        byte[] empty = frame(0x00, "");
        read(frame(0x01, ""));
        for (int i = 0; i < 1000; i++) {
            read(part, empty, empty);
        }
        read(frame(0x80, ""));
        assertThat(heard).containsExactly("x".repeat(1000));
    }

    @Test
    void a_ping_does_not_count_as_a_part_of_the_message_around_it() throws Violation {
        read(frame(0x01, "x".repeat(1000)), frame(0x89, "?"), frame(0x80, ""));
        assertThat(heard).containsExactly("ping 1", "x".repeat(1000));
    }

    @Test
    void rfc6455_8_1_what_is_not_utf_8_is_a_violation_and_a_character_may_be_cut_in_two() throws Violation {
        byte[] cut = "\u00df".getBytes(StandardCharsets.UTF_8);
        read(frame(0x01, new byte[] {cut[0]}), frame(0x80, new byte[] {cut[1]}));
        assertThat(heard).containsExactly("\u00df");

        violates(1007, frame(0x81, new byte[] {'{', (byte) 0xff, '}'}));
        violates(1007, frame(0x81, new byte[] {(byte) 0xc0, (byte) 0xaf}));
        violates(1007, frame(0x81, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}));
    }
}
