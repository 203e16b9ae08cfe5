package io.rollcall.server;

import io.rollcall.metrics.Alarm;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The connection beneath a stream that the container writes to. Jakarta EE has output that does not block, but Open Liberty's
 * blocks all the same, on a thread: that of a response whenever its buffer is full, that of an upgraded connection when it is
 * flushed, which little needs to be sent soon. What writes without waiting is there, and is used for what was left over; with a
 * buffer of one byte it sends each write at once. Neither that nor how to end a connection that hangs is part of any interface,
 * so both are reached by reflection; another container is written to and flushed, and may wait.
 */
public final class Wire {
    private static final Logger LOG = Logger.getLogger(Wire.class.getName());
    private static final AtomicBoolean TOLD = new AtomicBoolean();
    private static final String UPGRADED = "SRTUpgradeOutputStream31";
    private static final String TLS = "SSLConnectionLink";
    /** The system would take megabytes for a client that does not read, all of it old when it is read. */
    private static final int KEPT_BY_SYSTEM = 64 * 1024;

    private final ServletOutputStream out;
    private final Object monitor;
    private final boolean prompt;
    private final @Nullable Method write;
    private final @Nullable Socket socket;

    private Wire(
            ServletOutputStream out, Object monitor, boolean prompt, @Nullable Method write, @Nullable Socket socket) {
        this.out = out;
        this.monitor = monitor;
        this.prompt = prompt;
        this.write = write;
        this.socket = socket;
    }

    /** @param out of a response or of an upgraded connection; nothing was written to it yet */
    public static Wire beneath(ServletOutputStream out) {
        try {
            return out.getClass().getSimpleName().equals(UPGRADED) ? ofUpgraded(out) : ofResponse(out);
        } catch (ReflectiveOperationException | RuntimeException otherContainer) {
            if (!TOLD.getAndSet(true)) {
                Alarm.CONTAINER.raise(LOG, "It cannot be had to write without waiting: many who do not read delay others",
                        otherContainer);
            }
            return new Wire(out, out, false, null, null);
        }
    }

    private static Wire ofUpgraded(ServletOutputStream out) throws ReflectiveOperationException {
        Object buffer = call(out, "getBufferHelper");
        method(buffer, "setBufferSize", int.class).invoke(buffer, 1);
        return new Wire(out, out, true, null, socket(call(value(buffer, "_upConn"), "getTCPConnectionContext")));
    }

    private static Wire ofResponse(ServletOutputStream out) throws ReflectiveOperationException {
        Object http = value(out, "_httpOut");
        method(http, "setBufferSize", int.class).invoke(http, 1);
        Method write = method(http, "writeToBuffers", byte[].class, int.class, int.class);
        return new Wire(out, http, true, write, socket(call(value(http, "isc"), "getTSC")));
    }

    private static Socket socket(Object connection) throws ReflectiveOperationException {
        boolean tls = connection.getClass().getSimpleName().equals(TLS);
        Object tcp = tls ? value(connection, "deviceServiceContext") : connection;
        Socket socket = (Socket) call(call(tcp, "getSocketIOChannel"), "getSocket");
        try {
            socket.setSendBufferSize(KEPT_BY_SYSTEM);
        } catch (IOException goneAlready) {
            LOG.log(Level.FINE, "The client was faster", goneAlready);
        }
        return socket;
    }

    /**
     * What the container holds while it calls back. Who writes must hold it too: else what it notes when a write has to wait
     * can cross with what it notes when that is over, and it never calls again.
     */
    public Object monitor() {
        return monitor;
    }

    /** Whether each write goes out at once, without waiting; else it has to be flushed, which may wait. */
    public boolean isPrompt() {
        return prompt;
    }

    /** Writes; to be called when the stream is ready, under the monitor. */
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (write == null) {
            out.write(bytes, from, length);
            return;
        }
        try {
            write.invoke(monitor, bytes, from, length);
        } catch (InvocationTargetException failure) {
            throw new IOException(failure.getCause());
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Has all that waits to be written fail, and all that is still written, and nothing be read: for a client that hangs. */
    public void cut() {
        if (socket != null) {
            try {
                socket.shutdownInput();
                socket.shutdownOutput();
            } catch (IOException goneAlready) {
                LOG.log(Level.FINE, "The client was faster", goneAlready);
            }
        }
    }

    /** Closes it, whatever the container still does about it. */
    public void close() {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException goneAlready) {
                LOG.log(Level.FINE, "The client was faster", goneAlready);
            }
        }
    }

    private static Object call(Object of, String name) throws ReflectiveOperationException {
        return found(method(of, name).invoke(of), name);
    }

    private static Object value(Object of, String name) throws ReflectiveOperationException {
        for (Class<?> type = of.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return found(field.get(of), name);
                }
            }
        }
        throw new NoSuchFieldException(name);
    }

    private static Method method(Object of, String name, Class<?>... parameters) throws ReflectiveOperationException {
        for (Class<?> type = of.getClass(); type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals(name) && Arrays.equals(method.getParameterTypes(), parameters)) {
                    method.setAccessible(true);
                    return method;
                }
            }
        }
        throw new NoSuchMethodException(name);
    }

    private static Object found(@Nullable Object value, String name) throws NoSuchFieldException {
        if (value == null) {
            throw new NoSuchFieldException(name + " has no value");
        }
        return value;
    }
}
