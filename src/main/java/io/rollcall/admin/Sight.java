package io.rollcall.admin;

import io.rollcall.document.PresenceDocument;
import io.rollcall.document.PresenceDocument.Speaker;
import io.rollcall.http.Format;
import io.rollcall.notification.Rendition;
import io.rollcall.notification.Views;
import io.rollcall.presentity.AccountPresence;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What an administrator sees of accounts: everything. */
@ApplicationScoped
public class Sight {
    @Inject
    private Views views;

    @Inject
    private Administrator administrator;

    /** An account in a line. */
    PersonRow row(AccountPresence account) {
        PresenceDocument document = rendition(account).document();
        Speaker speaker = document.speaker();
        return new PersonRow(
                account.address(),
                document.state(),
                speaker == null ? List.of() : speaker.publication().activities(),
                speaker == null ? null : speaker.publication().note(),
                speaker == null ? document.lastSeen() : speaker.since(),
                document.tuples().size());
    }

    /** Its whole presence in that format. */
    String document(AccountPresence account, Format format) {
        return new String(rendition(account).bytes(format), StandardCharsets.UTF_8);
    }

    private Rendition rendition(AccountPresence account) {
        return views.view(account, administrator.caller()).visible();
    }
}
