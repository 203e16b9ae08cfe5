package io.rollcall.web;

import io.rollcall.directory.Caller;
import io.rollcall.directory.People;
import io.rollcall.directory.Person;
import io.rollcall.http.Callers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Who is signed in. */
@Path("/me")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {
    private static final int MOST_COLLEAGUES = 50;

    @Inject
    private Callers callers;

    @Inject
    private People people;

    @GET
    public Response me(@Context HttpServletRequest request) {
        Caller caller = callers.of(request);
        JsonArrayBuilder roles = Json.createArrayBuilder();
        if (caller.admin()) {
            roles.add("admin");
        }
        if (caller.publisher()) {
            roles.add("publisher");
        }
        JsonArrayBuilder others = Json.createArrayBuilder();
        people.search('@' + caller.account().domain(), MOST_COLLEAGUES).stream()
                .map(Person::account)
                .filter(other -> !caller.owns(other) && other.domain().equals(caller.account().domain()))
                .forEach(other -> others.add(other.toString()));
        JsonObjectBuilder me = Json.createObjectBuilder()
                .add("account", caller.account().toString())
                .add("name", caller.name())
                .add("roles", roles)
                .add("colleagues", others);
        people.find(caller.account())
                .map(Person::department)
                .filter(department -> !department.isEmpty())
                .ifPresent(department -> me.add("department", department));
        return Response.ok(me.build().toString())
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .build();
    }
}
