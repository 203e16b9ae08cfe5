package io.rollcall.admin;

import io.rollcall.audit.Action;
import io.rollcall.audit.AuditLog;
import io.rollcall.authorization.Authorizations;
import io.rollcall.authorization.Decision;
import io.rollcall.document.Address;
import io.rollcall.document.OwnWord;
import io.rollcall.http.Answers;
import io.rollcall.http.Format;
import io.rollcall.http.Requests;
import io.rollcall.policy.RulesetJson;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Accounts;
import io.rollcall.presentity.Preferred;
import io.rollcall.problem.Problem;
import io.rollcall.publication.OwnWords;
import io.rollcall.publication.Publications;
import io.rollcall.watcherinfo.WatcherState;
import io.rollcall.watcherinfo.Watchers;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One account: all that its presentities, its rules and its watchers say, and what can be done about it. */
@Named("account")
@ViewScoped
public class AccountPage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String ANY_TAG = "*";

    @Inject
    private Administrator administrator;

    @Inject
    private Sight sight;

    @Inject
    private Accounts accounts;

    @Inject
    private Authorizations authorizations;

    @Inject
    private Watchers watchers;

    @Inject
    private Publications publications;

    @Inject
    private OwnWords words;

    @Inject
    private AuditLog audit;

    @Inject
    private WordForm wordForm;

    private String asked = "";
    private String watcher = "";
    private @Nullable String verdict;

    /** Opens the account that the address names; that is kept. */
    public void open() {
        try {
            administrator.open(Requests.address(asked));
        } catch (Problem none) {
            administrator.refuse(none);
            asked = "";
        }
    }

    /** Whether there is an account to show. */
    public boolean isOpen() {
        return Address.parse(asked).isPresent();
    }

    public PersonRow getPerson() {
        return sight.row(presence());
    }

    public List<ClientRow> getClients() {
        return presence().presentities().stream().map(ClientRow::of).toList();
    }

    public @Nullable Preferred getPreferred() {
        return presence().account().preferred();
    }

    public long getVersion() {
        return presence().version();
    }

    public String getPidf() {
        return sight.document(presence(), Format.PIDF);
    }

    /** Its rules as JSON, an object or rule a line. */
    public String getRules() {
        return Pretty.json(authorizations.document(presence()));
    }

    public List<WatcherState> getWatchers() {
        return List.copyOf(watchers.of(address()).values());
    }

    /** Logs a presentity out. */
    public void logOut() {
        String tuple = administrator.pressed("tuple");
        administrator.attempt("It is logged out.", () -> Answers.await(publications.logout(
                address(), tuple, ANY_TAG, administrator.act(Action.LOGOUT, address(), tuple))));
    }

    /** Sets the owner's word. */
    public void say() {
        administrator.attempt("It is set.", () -> {
            OwnWord word = wordForm.word();
            Answers.await(words.say(
                    address(), word, administrator.act(Action.SET_PREFERRED, address(), word.inShort())));
            wordForm.clear();
        });
    }

    /** Clears it. */
    public void takeBack() {
        administrator.attempt("It is cleared.", () -> Answers.await(
                words.takeBack(address(), administrator.act(Action.CLEAR_PREFERRED, address(), ""))));
    }

    /** Finds out what holds for the watcher that was typed. */
    public void decide() {
        verdict = null;
        try {
            Address who = Requests.address(watcher);
            audit.before(administrator.act(Action.READ_RULES, address(), who.toString()));
            verdict = words(who, authorizations.decide(presence(), who));
        } catch (RuntimeException none) {
            administrator.refuse(none);
        }
    }

    private static String words(Address who, Decision decision) {
        return who + ": " + decision.handling().word() + ", because of: " + decision.reason()
                + (decision.rules().isEmpty() ? "" : ' ' + String.join(", ", decision.rules()))
                + "; provides " + RulesetJson.write(decision.provision());
    }

    private AccountPresence presence() {
        return accounts.find(address().toString());
    }

    private Address address() {
        return Requests.address(asked);
    }

    public String getAsked() {
        return asked;
    }

    public void setAsked(@Nullable String text) {
        asked = text == null ? "" : Address.parse(text).map(Address::toString).orElse(text);
    }

    public String getWatcher() {
        return watcher;
    }

    public void setWatcher(@Nullable String text) {
        watcher = text == null ? "" : text;
    }

    public @Nullable String getVerdict() {
        return verdict;
    }
}
