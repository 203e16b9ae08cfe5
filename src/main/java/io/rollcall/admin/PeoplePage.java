package io.rollcall.admin;

import io.rollcall.directory.People;
import io.rollcall.directory.Person;
import io.rollcall.http.Requests;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.AccountSearch;
import io.rollcall.presentity.Accounts;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;

/** Finds people: some of the directory, by name, address or department, and all accounts that are stored, by address. */
@Named("people")
@ViewScoped
public class PeoplePage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST_OF_DIRECTORY = 50;

    @Inject
    private Administrator administrator;

    @Inject
    private AccountSearch search;

    @Inject
    private Accounts accounts;

    @Inject
    private People people;

    @Inject
    private Sight sight;

    private String text = "";
    private final LazyDataModel<PersonRow> rows = new Rows();

    private final class Rows extends PageModel<PersonRow> {
        private static final long serialVersionUID = 1L;

        @Override
        int count() {
            return Math.toIntExact(Math.min(search.count(text), Integer.MAX_VALUE));
        }

        @Override
        List<PersonRow> load(int first, int limit, Map<String, SortMeta> sortBy) {
            List<String> found = search.find(text, first, limit);
            administrator.look(found.stream().map(Requests::address).toList());
            return accounts.findAll(found).stream()
                    .map(sight::row)
                    .toList();
        }
    }

    public LazyDataModel<PersonRow> getRows() {
        return rows;
    }

    /** Those of the directory that fit, the first of them. */
    public List<Known> getKnown() {
        List<Person> found = text.isBlank() ? List.of() : people.search(text, MOST_OF_DIRECTORY);
        administrator.look(found.stream().map(Person::account).toList());
        Map<String, AccountPresence> presences = new HashMap<>();
        accounts.findAll(found.stream().map(person -> person.account().toString()).toList())
                .forEach(presence -> presences.put(presence.address(), presence));
        return found.stream()
                .map(person -> new Known(person, sight.row(presences.get(person.account().toString()))))
                .toList();
    }

    /** Somebody of the directory. */
    public record Known(Person person, PersonRow row) {}

    public String getText() {
        return text;
    }

    public void setText(String sought) {
        text = sought == null ? "" : sought;
    }
}
