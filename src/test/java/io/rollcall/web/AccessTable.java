package io.rollcall.web;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Who may do what, on whose account: every operation of the server by everybody who may try it. A cell is the status of the
 * answer, or what is shown: {@code truth}; {@code decided}, what the owner's rules let this watcher see; {@code own}, what
 * is the caller's own and nothing of the owner's.
 */
final class AccessTable {
    /** Who asks. The owner is the account that the path, or the body, names. */
    enum Who {
        ANONYMOUS,
        OWNER,
        COLLEAGUE,
        OUTSIDER,
        PUBLISHER,
        ADMIN
    }

    /** {@code SOCKET} is no method but a message over the WebSocket; {@code *} is any page below. */
    private static final String TABLE =
            """
            operation                                              anonymous owner  colleague outsider publisher admin

            POST /api/accounts/{account}/presentities                  401   201    403       403      201       201
            GET /api/accounts/{account}/presentities/{tuple}           401   200    403       403      200       200
            PUT /api/accounts/{account}/presentities/{tuple}           401   200    403       403      200       200
            DELETE /api/accounts/{account}/presentities/{tuple}        401   204    403       403      204       204
            SOCKET login                                               401   201    403       403      201       201
            SOCKET modify                                              401   200    403       403      200       200
            SOCKET refresh                                             401   200    403       403      200       200
            SOCKET logout                                              401   204    403       403      204       204

            GET /api/accounts/{account}/preferred                      401   200    403       403      403       200
            PUT /api/accounts/{account}/preferred                      401   200    403       403      403       200
            DELETE /api/accounts/{account}/preferred                   401   204    403       403      403       204
            GET /api/accounts/{account}/authorizations                 401   200    403       403      403       200
            PUT /api/accounts/{account}/authorizations                 401   200    403       403      403       200
            GET /api/accounts/{account}/authorizations/{watcher}       401   200    403       403      403       200
            PUT /api/accounts/{account}/authorizations/{watcher}       401   200    403       403      403       200
            DELETE /api/accounts/{account}/authorizations/{watcher}    401   204    403       403      403       204
            GET /api/accounts/{account}/favourites                     401   200    403       403      403       403
            PUT /api/accounts/{account}/favourites                     401   200    403       403      403       403
            GET /api/accounts/{account}/export                         401   200    403       403      403       200
            DELETE /api/accounts/{account}                             401   204    403       403      403       204

            GET /api/accounts/{account}/presence                       401   truth  decided   decided  decided   truth
            POST /api/presence/query                                   401   truth  decided   decided  decided   truth
            GET /api/events                                            401   truth  decided   decided  decided   truth
            GET /api/socket                                            401   truth  decided   decided  decided   truth
            POST /api/subscriptions                                    401   truth  decided   decided  decided   truth
            GET /api/accounts/{account}/watchers                       401   truth  own       own      own       truth

            GET /api/subscriptions                                     401   200    own       own      own       own
            GET /api/subscriptions/{list}                              401   200    404       404      404       200
            PUT /api/subscriptions/{list}                              401   200    404       404      404       404
            DELETE /api/subscriptions/{list}                           401   204    404       404      404       204
            GET /api/subscriptions/{list}/events                       401   200    404       404      404       404

            GET /api/me                                                401   200    200       200      200       200
            GET /api/directory                                         401   200    200       200      200       200
            GET /api/admin/dead-letters                                401   403    403       403      403       200
            DELETE /api/admin/dead-letters/{id}                        401   403    403       403      403       404
            GET /api/admin/audit                                       401   403    403       403      403       200
            GET /api/admin/subscriptions                               401   403    403       403      403       200
            DELETE /api/admin/subscriptions/{account}/{watcher}        401   403    403       403      403       404
            GET /admin/*                                               302   403    403       403      403       200
            GET /metrics                                               401   403    403       403      403       200
            GET /openapi                                               401   200    200       200      200       200
            GET /openapi/ui/*                                          401   200    200       200      200       200

            POST /api/tickets                                          401   201    201       201      201       201
            GET /login                                                 200   200    200       200      200       200
            GET /login/oidc                                            401   302    302       302      302       302
            POST /login                                                302   302    302       302      302       302
            POST /logout                                               302   302    302       302      302       302
            GET /problem                                               302   404    404       404      404       404
            GET /health                                                200   200    200       200      200       200
            GET /health/started                                        200   200    200       200      200       200
            GET /health/live                                           200   200    200       200      200       200
            GET /health/ready                                          200   200    200       200      200       200
            GET /login.html                                            200   200    200       200      200       200
            GET /assets/*                                              200   200    200       200      200       200
            GET /index.html                                            302   200    200       200      200       200
            GET /demo.html                                             302   200    200       200      200       200
            GET /rollcall-presence.js                                  302   200    200       200      200       200
            GET /app/*                                                 302   200    200       200      200       200
            GET /jakarta.faces.resource/*                              302   200    200       200      200       200
            GET /primefaces*                                           302   200    200       200      200       200
            GET /webjars/*                                             302   200    200       200      200       200
            """;

    /** An operation, and for each caller what comes of it. */
    record Row(String method, String path, Map<Who, String> cells) {
        private static Row of(String line) {
            List<String> words = List.of(line.split(" +"));
            Who[] callers = Who.values();
            if (words.size() != 2 + callers.length) {
                throw new AssertionError("A row has an operation and " + callers.length + " cells: " + line);
            }
            Map<Who, String> cells = new EnumMap<>(Who.class);
            Arrays.stream(callers).forEach(who -> cells.put(who, words.get(2 + who.ordinal())));
            return new Row(words.get(0), words.get(1), cells);
        }

        /** With the names of variables left out, for different documents call one thing differently. */
        String operation() {
            return operation(method, path);
        }

        static String operation(String method, String path) {
            return method + ' ' + path.replaceAll("\\{[^}]*}", "{}");
        }

        /** Whether a page is this one, or one of these. */
        boolean shows(String page) {
            return path.endsWith("*") ? page.startsWith(path.substring(0, path.length() - 1)) : page.equals(path);
        }

        @Override
        public String toString() {
            return method + ' ' + path;
        }
    }

    private AccessTable() {}

    static List<Row> rows() {
        return TABLE.lines().skip(1).filter(line -> !line.isBlank()).map(Row::of).toList();
    }
}
