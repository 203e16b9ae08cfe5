package io.rollcall.web;

import io.rollcall.directory.Caller;
import io.rollcall.directory.Groups;
import io.rollcall.directory.People;
import io.rollcall.directory.Person;
import io.rollcall.http.Callers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Who is signed in, and whom one may look for. */
@Path("/")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {
    private static final int MOST_FOUND = 50;

    @Inject
    private Callers callers;

    @Inject
    private People people;

    @Inject
    private Groups groups;

    @GET
    @Path("me")
    public String me(@Context HttpServletRequest request) {
        Caller caller = callers.of(request);
        JsonArrayBuilder roles = Json.createArrayBuilder();
        if (caller.admin()) {
            roles.add("admin");
        }
        if (caller.publisher()) {
            roles.add("publisher");
        }
        JsonArrayBuilder others = Json.createArrayBuilder();
        people.search('@' + caller.account().domain(), MOST_FOUND).stream()
                .map(Person::account)
                .filter(other -> !caller.owns(other) && other.domain().equals(caller.account().domain()))
                .forEach(other -> others.add(other.toString()));
        JsonObject me = Json.createObjectBuilder()
                .add("account", caller.account().toString())
                .add("name", caller.name())
                .add("roles", roles)
                .add("colleagues", others)
                .build();
        return me.toString();
    }

    @GET
    @Path("directory")
    public String directory(@QueryParam("q") @Nullable String text) {
        String sought = text == null ? "" : text;
        JsonArrayBuilder foundPeople = Json.createArrayBuilder();
        people.search(sought, MOST_FOUND).forEach(person -> foundPeople.add(json(person)));
        JsonArrayBuilder foundGroups = Json.createArrayBuilder();
        groups.search(sought, MOST_FOUND)
                .forEach(name -> foundGroups.add(Json.createObjectBuilder()
                        .add("group", name)
                        .add("members", groups.members(name).size())));
        return Json.createObjectBuilder()
                .add("people", foundPeople)
                .add("groups", foundGroups)
                .build()
                .toString();
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
}
