package io.rollcall.admin;

import io.rollcall.audit.Action;
import io.rollcall.audit.AuditLog;
import io.rollcall.http.Problems;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.publication.DeadLetters;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages that could not be taken, the oldest of them; each can be taken away. */
@Named("letters")
@RequestScoped
public class LettersPage {
    private static final int MOST = 100;

    @Inject
    private Administrator administrator;

    @Inject
    private AuditLog audit;

    @Inject
    private DeadLetters letters;

    private @Nullable List<LetterRow> read;
    private String nothing = "There is no dead letter.";

    /** The rows of the table; what is wrong where they cannot be read is in {@link #getNothing}. */
    public List<LetterRow> getRows() {
        List<LetterRow> rows = read;
        if (rows == null) {
            try {
                audit.before(administrator.act(Action.READ_DEAD_LETTERS, null, ""));
                rows = letters.oldest(MOST).stream().map(LetterRow::of).toList();
            } catch (RuntimeException failure) {
                rows = List.of();
                nothing = Problems.problem(failure).detail();
            }
            read = rows;
        }
        return rows;
    }

    /** What the table says that has no rows. */
    public String getNothing() {
        getRows();
        return nothing;
    }

    /** Whether there may be more than are shown. */
    public boolean isCut() {
        return getRows().size() == MOST;
    }

    /** Takes one away. */
    public void remove() {
        administrator.attempt("It is taken away.", () -> {
            String id = administrator.pressed("letter");
            audit.before(administrator.act(Action.REMOVE_DEAD_LETTER, null, id));
            if (!letters.remove(id)) {
                throw new Problem(Kind.NOT_FOUND, "There is no such dead letter any more.");
            }
        });
        read = null;
    }
}
