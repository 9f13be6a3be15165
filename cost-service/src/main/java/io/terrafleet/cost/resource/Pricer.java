package io.terrafleet.cost.resource;

/** How resources of a type are billed: reads what the plan says and writes lines on the bill. */
@FunctionalInterface
public interface Pricer {
    void price(Resource resource, Bill bill);
}
