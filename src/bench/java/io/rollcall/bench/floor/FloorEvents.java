package io.rollcall.bench.floor;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A stream of server-sent events that passes broadcasts on. */
@WebServlet(urlPatterns = "/events", asyncSupported = true)
public class FloorEvents extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Set<ServletOutputStream> OPEN = ConcurrentHashMap.newKeySet();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/event-stream");
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        response.flushBuffer();
        OPEN.add(response.getOutputStream());
    }

    static void broadcast(String event) {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        for (ServletOutputStream out : OPEN) {
            synchronized (out) {
                send(out, bytes);
            }
        }
    }

    private static void send(ServletOutputStream out, byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException gone) {
            OPEN.remove(out);
        }
    }
}
