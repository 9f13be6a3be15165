package io.terrafleet.api.state;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a state file as a stream: of attributes of resources, the largest part, nothing is kept. */
@SuppressWarnings("deprecation")
final class StateReading {
    /** Keeps every digit of a number. */
    static final ObjectReader NODES = Json.mapper()
            .reader()
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

    private static final int FORMAT = 4;
    private static final int LONGEST_NAME = 1_024;

    private final JsonParser json;
    private final StateConfig config;
    private final List<StateFile.Output> outputs = new ArrayList<>();
    private final List<StateFile.Resources> resources = new ArrayList<>();
    private int managed;
    private int format = -1;
    private long serial = -1;
    private String lineage = "";
    private String terraformVersion = "";

    private StateReading(JsonParser json, StateConfig config) {
        this.json = json;
        this.config = config;
    }

    /** @throws Problem 422 when it is not a state file that we understand */
    static StateFile read(InputStream content, StateConfig config) throws IOException {
        try (JsonParser json = Json.mapper().createParser(content)) {
            return new StateReading(json, config).document();
        } catch (JacksonException e) {
            throw refused(unreadable(e.getLocation()));
        }
    }

    private StateFile document() throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw refused("it is not a JSON object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            member(name);
        }
        if (json.nextToken() != null) {
            throw refused("something follows its end");
        }
        if (format != FORMAT) {
            throw refused(
                    format < 0
                            ? "it has no \"version\""
                            : "it has format version " + format + "; version " + FORMAT
                                    + " is read here (Terraform 0.12 and newer)");
        }
        if (serial < 0) {
            throw refused("it has no \"serial\", or a negative one");
        }
        return new StateFile(format, terraformVersion, serial, lineage, outputs, resources, managed);
    }

    private void member(String name) throws IOException {
        switch (name) {
            case "version" -> format = (int) number(name);
            case "serial" -> serial = number(name);
            case "lineage" -> lineage = text(name);
            case "terraform_version" -> terraformVersion = text(name);
            case "outputs" -> outputs();
            case "resources" -> resources();
            default -> json.skipChildren();
        }
    }

    private void outputs() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        require(JsonToken.START_OBJECT, "\"outputs\" must be an object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = bounded("the name of an output", json.currentName());
            json.nextToken();
            require(JsonToken.START_OBJECT, "the output \"" + name + "\" must be an object");
            JsonNode output = NODES.readTree(json);
            JsonNode type = output.path("type");
            if (!output.has("value") || !(type.isTextual() || type.isArray())) {
                throw refused("the output \"" + name + "\" needs \"value\" and \"type\"");
            }
            if (outputs.size() >= config.mostOutputs()) {
                throw refused("it has more than " + config.mostOutputs() + " outputs");
            }
            outputs.add(
                    new StateFile.Output(name, output.path("sensitive").asBoolean(false), type, output.path("value")));
        }
    }

    private void resources() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        require(JsonToken.START_ARRAY, "\"resources\" must be a list");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(JsonToken.START_OBJECT, "an element of \"resources\" must be an object");
            resource();
        }
    }

    private void resource() throws IOException {
        String mode = "managed";
        String type = "";
        String name = "";
        String module = "root";
        String provider = "";
        int count = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            json.nextToken();
            switch (member) {
                case "mode" -> mode = text(member);
                case "type" -> type = text(member);
                case "name" -> name = text(member);
                case "module" -> module = text(member);
                case "provider" -> provider = text(member);
                case "instances" -> count = instances();
                default -> json.skipChildren();
            }
        }
        boolean data = mode.equals("data");
        if (!data) {
            managed = Math.addExact(managed, count);
        }
        if (resources.size() < config.mostListedResources()) {
            resources.add(new StateFile.Resources(name, data ? "data." + type : type, count, module, provider));
        }
    }

    private int instances() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return 0;
        }
        require(JsonToken.START_ARRAY, "\"instances\" must be a list");
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            json.skipChildren();
            count++;
        }
        return count;
    }

    private long number(String name) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw refused("\"" + name + "\" must be a whole number");
        }
        return json.getLongValue();
    }

    private String text(String name) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return "";
        }
        require(JsonToken.VALUE_STRING, "\"" + name + "\" must be a string");
        return bounded("\"" + name + "\"", json.getText());
    }

    private static String bounded(String what, String text) {
        if (text.length() > LONGEST_NAME || text.indexOf('\0') >= 0) {
            throw refused(what + " has more than " + LONGEST_NAME + " characters, or contains NUL");
        }
        return text;
    }

    private void require(JsonToken token, String otherwise) {
        if (json.currentToken() != token) {
            throw refused(otherwise);
        }
    }

    /** @param place unknown when a bound was exceeded */
    private static String unreadable(@Nullable JsonLocation place) {
        return place == null
                ? "it is nested too deeply, or a value in it is too long"
                : "it is not valid JSON (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
    }

    private static Problem refused(String fault) {
        return Problem.unprocessable("The state cannot be read: " + fault + ".");
    }
}
