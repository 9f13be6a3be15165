package io.terrafleet.standalone.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;

/** Measured seconds of one thing. */
public record Series(String what, List<Double> seconds) {

    static Series empty(String what) {
        return new Series(what, new ArrayList<>());
    }

    void add(double measured) {
        seconds.add(measured);
    }

    @JsonIgnore
    public double median() {
        return quantile(0.5);
    }

    /** @param share 0 to 1, for example 0.9; linear between neighbours */
    public double quantile(double share) {
        List<Double> sorted = seconds.stream().sorted().toList();
        double position = share * (sorted.size() - 1);
        int below = (int) Math.floor(position);
        int above = (int) Math.ceil(position);
        return sorted.get(below) + (sorted.get(above) - sorted.get(below)) * (position - below);
    }
}
