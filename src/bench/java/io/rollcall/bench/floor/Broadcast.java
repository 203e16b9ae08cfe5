package io.rollcall.bench.floor;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Sends one message, as long as a presence document is, to everybody connected, one after the other. */
@WebServlet("/broadcast")
public class Broadcast extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int LENGTH = 450;
    private static final AtomicLong VERSION = new AtomicLong();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        StringBuilder message = new StringBuilder(LENGTH)
                .append("{\"account\":\"floor-")
                .append(request.getParameter("account"))
                .append("@example.com\",\"text\":\"");
        while (message.length() < LENGTH) {
            message.append("nothing ");
        }
        message.append("\",\"version\":").append(VERSION.incrementAndGet()).append('}');
        FloorSocket.broadcast(message.toString());
        FloorEvents.broadcast("data: " + message + "\n\n");
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
