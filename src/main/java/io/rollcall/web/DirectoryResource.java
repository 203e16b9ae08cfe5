package io.rollcall.web;

import io.rollcall.directory.Groups;
import io.rollcall.directory.People;
import io.rollcall.directory.Person;
import io.rollcall.http.Requests;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The people, groups and departments that one may look for. */
@Path("/directory")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class DirectoryResource {
    private static final int MOST = 500;
    private static final String FEW = "50";

    @Inject
    private People people;

    @Inject
    private Groups groups;

    /**
     * @param text what must occur in a name
     * @param accounts whose people alone are meant; all if there is none
     */
    @GET
    public Response find(
            @QueryParam("q") @DefaultValue("") String text,
            @QueryParam("department") @Nullable String department,
            @QueryParam("group") @Nullable String group,
            @QueryParam("account") List<String> accounts,
            @QueryParam("from") @DefaultValue("0") String from,
            @QueryParam("limit") @DefaultValue(FEW) String limit) {
        int first = number("from", from, Integer.MAX_VALUE);
        int most = number("limit", limit, MOST);
        List<Person> found = (accounts.isEmpty() ? people.search(text) : named(accounts))
                .filter(person -> department == null || person.department().equals(department))
                .filter(person -> group == null || groups.includes(group, person.account()))
                .toList();
        JsonArrayBuilder shown = Json.createArrayBuilder();
        found.stream().skip(first).limit(most).forEach(person -> shown.add(json(person)));
        String answer = Json.createObjectBuilder()
                .add("people", shown)
                .add("total", found.size())
                .add("groups", groups(text))
                .add("departments", departments(text))
                .build()
                .toString();
        return Response.ok(answer)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .build();
    }

    private Stream<Person> named(List<String> accounts) {
        if (accounts.size() > MOST) {
            throw new Problem(Kind.INVALID_REQUEST, "Ask for at most " + MOST + " accounts at once");
        }
        return accounts.stream().map(Requests::address).map(people::find).flatMap(Optional::stream);
    }

    private JsonArrayBuilder groups(String text) {
        JsonArrayBuilder found = Json.createArrayBuilder();
        groups.search(text, MOST)
                .forEach(name -> found.add(Json.createObjectBuilder()
                        .add("group", name)
                        .add("members", groups.members(name).size())));
        return found;
    }

    private JsonArrayBuilder departments(String text) {
        JsonArrayBuilder found = Json.createArrayBuilder();
        String sought = text.strip().toLowerCase(Locale.ROOT);
        people.departments().entrySet().stream()
                .filter(department -> department.getKey().toLowerCase(Locale.ROOT).contains(sought))
                .limit(MOST)
                .forEach(department -> found.add(Json.createObjectBuilder()
                        .add("department", department.getKey())
                        .add("people", department.getValue())));
        return found;
    }

    private static JsonObjectBuilder json(Person person) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("account", person.account().toString());
        if (!person.name().isEmpty()) {
            json.add("name", person.name());
        }
        if (!person.department().isEmpty()) {
            json.add("department", person.department());
        }
        return json;
    }

    private static int number(String name, String text, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException malformed) {
            // said below
        }
        throw new Problem(Kind.INVALID_REQUEST, name + " is a whole number from 0 to " + most);
    }
}
