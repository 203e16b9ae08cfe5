package io.rollcall.admin;

import io.rollcall.audit.Act;
import io.rollcall.audit.Action;
import io.rollcall.audit.AuditLog;
import io.rollcall.audit.Looks;
import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.http.Callers;
import io.rollcall.http.Problems;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Who is at the console. Whatever a page does it does as this one, who is looked at again for each request. */
@Named
@RequestScoped
public class Administrator {
    @Inject
    private HttpServletRequest request;

    @Inject
    private Callers callers;

    @Inject
    private AuditLog audit;

    @Inject
    private Looks looks;

    /** @throws Problem {@link Kind#FORBIDDEN} if it is no administrator any more */
    public Caller caller() {
        Caller caller = callers.of(request);
        caller.mustBeAdmin("The console is for role admin");
        return caller;
    }

    /** For the pages. */
    public String getName() {
        return caller().account().toString();
    }

    /** What is to be audited of something that is about to be done. */
    @Nullable Act act(Action action, @Nullable Address target, String detail) {
        return audit.act(request, caller(), action, target, detail);
    }

    /** Keeps that these accounts are looked at, before they are. */
    void look(Collection<Address> accounts) {
        looks.before(request, caller(), accounts);
    }

    /** Keeps that all there is of an account is looked at, before it is. */
    void open(Address account) {
        audit.before(act(Action.READ_ACCOUNT, account, ""));
        looks.said(request, caller(), account);
    }

    /**
     * What the button that was pressed is about. It is sent with it, for by now the table may have other rows than those
     * that were seen.
     */
    String pressed(String parameter) {
        return String.valueOf(request.getParameter(parameter));
    }

    /** Does something and says how it went. */
    void attempt(String done, Runnable work) {
        try {
            caller();
            work.run();
            say(FacesMessage.SEVERITY_INFO, done);
        } catch (RuntimeException failure) {
            refuse(failure);
        }
    }

    /** Says what to do about a failure. */
    void refuse(RuntimeException failure) {
        say(FacesMessage.SEVERITY_ERROR, Problems.problem(failure).detail());
    }

    private static void say(FacesMessage.Severity severity, String text) {
        FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(severity, text, null));
    }
}
