package io.rollcall.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** A connection. What has arrived but is not complete is kept, so that the reading buffer can be shared by all. */
abstract class Link {
    private static final byte[] NOTHING = new byte[0];

    private SocketChannel channel;
    private SelectionKey key;
    private byte[] kept = NOTHING;
    private ByteBuffer unsent;

    /** Takes bytes; returns the position up to which they are dealt with. */
    abstract int received(byte[] b, int from, int to) throws IOException;

    /** The connection has failed or was closed by the server. */
    abstract void broken(Exception cause);

    /** Connects to the server, from that address of this machine. */
    final void connect(Loop loop, InetSocketAddress server, InetSocketAddress from) throws IOException {
        channel = SocketChannel.open();
        if (from != null) {
            channel.bind(from);
        }
        channel.connect(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        key = channel.register(loop.selector(), SelectionKey.OP_READ, this);
    }

    public final void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException closing) {
            // it is given up anyway
        }
    }

    final void send(byte[] b, int length) throws IOException {
        ByteBuffer data = ByteBuffer.wrap(b, 0, length);
        if (unsent == null) {
            channel.write(data);
        }
        if (data.hasRemaining()) {
            keepUnsent(data);
        }
    }

    private void keepUnsent(ByteBuffer data) {
        int before = unsent == null ? 0 : unsent.remaining();
        ByteBuffer all = ByteBuffer.allocate(before + data.remaining());
        if (unsent != null) {
            all.put(unsent);
        }
        unsent = all.put(data).flip();
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    final void writeOn() throws IOException {
        if (unsent != null) {
            channel.write(unsent);
            if (!unsent.hasRemaining()) {
                unsent = null;
                key.interestOps(SelectionKey.OP_READ);
            }
        }
    }

    final void read(ByteBuffer buffer) throws IOException {
        buffer.clear().put(kept);
        int count = channel.read(buffer);
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        byte[] b = buffer.array();
        int done = received(b, 0, buffer.position());
        if (done == buffer.position()) {
            kept = NOTHING;
        } else if (done == 0 && buffer.position() == b.length) {
            throw new IOException("a message is larger than " + b.length + " bytes");
        } else {
            kept = Arrays.copyOfRange(b, done, buffer.position());
        }
    }
}
