package io.rollcall.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between clients and a server, and can stop passing on: to both it then looks as if the network had gone. */
public final class Relay implements AutoCloseable {
    private final ServerSocket listening;
    private final URI server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean frozen;

    private Relay(URI server) throws IOException {
        this.server = server;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    public static Relay to(String server) {
        try {
            return new Relay(URI.create(server));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public String url() {
        return "http://localhost:" + listening.getLocalPort();
    }

    /** From now on nothing is passed on, and no connection is closed. */
    public void freeze() {
        frozen = true;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket onward = new Socket();
                // small, so that what is not passed on is soon felt
                onward.setReceiveBufferSize(4096);
                onward.connect(new InetSocketAddress(server.getHost(), server.getPort()));
                sockets.addAll(List.of(client, onward));
                start(() -> pass(client, onward));
                start(() -> pass(onward, client));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] bytes = new byte[4096];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(bytes); length >= 0 && !frozen; length = in.read(bytes)) {
                out.write(bytes, 0, length);
            }
            if (!frozen) {
                to.shutdownOutput();
            }
        } catch (IOException ended) {
            // the other direction notices by itself
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
