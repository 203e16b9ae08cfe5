package io.rollcall.samples.ee;

import io.rollcall.message.Presence;
import io.rollcall.message.PublicationAnswer;
import io.rollcall.message.PublicationMessage;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code GET} shows what was heard; {@code POST ?account=alice@example.com&state=busy} logs a presentity in and shows the
 * answer.
 */
@WebServlet("/board")
public class BoardServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final long PATIENCE_MILLIS = 10_000;

    @Inject
    private transient Board board;

    @Resource(lookup = "jms/connections")
    private transient ConnectionFactory connections;

    @Resource(lookup = "jms/publications")
    private transient Queue publications;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(board);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        Presence presence = Presence.of(request.getParameter("state"));
        PublicationMessage login = PublicationMessage.login(request.getParameter("account"), presence.toJson());
        try (JMSContext broker = connections.createContext()) {
            TemporaryQueue answers = broker.createTemporaryQueue();
            TextMessage message = broker.createTextMessage();
            login.writeTo(message);
            message.setJMSReplyTo(answers);
            broker.createProducer().send(publications, message);
            try (JMSConsumer answered = broker.createConsumer(answers)) {
                show(answered.receive(PATIENCE_MILLIS), response);
            }
            answers.delete();
        } catch (JMSException failure) {
            throw new ServletException(failure);
        }
    }

    private static void show(Message message, HttpServletResponse response) throws JMSException, IOException {
        if (message == null) {
            response.sendError(HttpServletResponse.SC_GATEWAY_TIMEOUT, "No answer");
            return;
        }
        PublicationAnswer answer = PublicationAnswer.read(message);
        response.setStatus(answer.status());
        response.setContentType(answer.success() ? "application/json" : "application/problem+json");
        response.getWriter().print(answer.body());
    }
}
