package io.terrafleet.cost.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.cost.price.Quote;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A resource as its pricer sees it, on one side of the plan. What is assumed of it is noted on its bill. */
public final class Resource extends Block {
    private final Scope scope;
    private final String region;

    Resource(Scope scope, JsonNode expressions, String region) {
        super(scope, scope.planned().values(), scope.planned().unknown(), expressions, "");
        this.scope = scope;
        this.region = region;
    }

    public String address() {
        return scope.planned().change().address();
    }

    public String type() {
        return scope.planned().change().type();
    }

    /** For example {@code eu-west-1}. */
    public String region() {
        return region;
    }

    /** What is known of its use. */
    public Usage usage() {
        return scope.side().usage(scope.planned().change());
    }

    /** The price of a service's item in the resource's region. */
    public Quote rate(String service, String key) {
        return scope.bill().book().rate(service, region, key);
    }

    /** The price of an item that is sold worldwide at one price; the book keeps those under us-east-1. */
    public Quote worldwide(String service, String key) {
        return scope.bill().book().rate(service, Regions.ASSUMED, key);
    }

    /** The price of an item in another region, or under the name of a place that is none. */
    public Quote rate(String service, String key, String place) {
        return scope.bill().book().rate(service, place, key);
    }

    /** The hourly price of a sized instance in the resource's region. */
    public Quote instance(String service, String size, List<String> variants) {
        return scope.bill().book().instance(service, region, size, variants);
    }

    /** A resource of the type whose attribute refers to this one, by its value or in the configuration. */
    public Optional<Resource> referrer(String type, String attribute) {
        return referrers(type, attribute).findFirst();
    }

    /** All resources of the type whose attribute refers to this one. */
    public Stream<Resource> referrers(String type, String attribute) {
        return scope
                .side()
                .referrers(type, attribute, scope.planned(), scope.bill().book())
                .stream()
                .map(scope::other);
    }

    /** The resources of a type whose attribute is this text. */
    public Stream<Resource> holding(String type, String attribute, String text) {
        return scope.side().holding(type, attribute, text).stream().map(scope::other);
    }
}
