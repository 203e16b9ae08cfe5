/**
 * Notification (RFC 3856 §6.7): a change arrives, each watcher's view of it is made and sent, over server-sent events
 * (WHATWG HTML §9.2) and WebSocket (RFC 6455), which takes publications too; and the same views for whoever asks once.
 */
@NullMarked
package io.rollcall.notification;

import org.jspecify.annotations.NullMarked;

