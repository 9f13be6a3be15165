package io.terrafleet.api.document;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, whatever of the three styles it has: a JSON:API resource (its {@code type} is not looked at, clients send
 * empty ones), plain JSON such as {@code {"comment":"…"}}, or nothing at all. At most 2 MiB unless told; types of attributes are checked, with a
 * 422 that points at the attribute.
 */
public final class RequestDocument {
    private static final int MOST_BYTES = 2 * 1024 * 1024;
    private static final ObjectReader READER =
            Json.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private final JsonNode root;

    private RequestDocument(JsonNode root) {
        this.root = root;
    }

    public static RequestDocument read(InputStream body) {
        return read(body, MOST_BYTES);
    }

    /** For the few documents that carry files inside them. */
    public static RequestDocument read(InputStream body, int mostBytes) {
        try {
            byte[] bytes = body.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw Problem.tooLarge("A request document may have at most " + mostBytes + " bytes here.");
            }
            if (bytes.length == 0) {
                return new RequestDocument(MissingNode.getInstance());
            }
            JsonNode root = READER.readTree(bytes);
            if (root == null || root.isMissingNode()) {
                return new RequestDocument(MissingNode.getInstance());
            }
            if (!root.isObject() && !root.isArray()) {
                throw Problem.malformed("The body must be a JSON object.");
            }
            return new RequestDocument(root);
        } catch (JacksonException e) {
            throw unreadable(e.getLocation());
        } catch (IOException e) {
            throw Problem.malformed("The body could not be read to its end.");
        }
    }

    /** A document that was part of another. */
    public static RequestDocument of(JsonNode root) {
        return new RequestDocument(root);
    }

    /** The document as it is; a missing node for no body. */
    public JsonNode root() {
        return root;
    }

    /** {@code data} as a list: for requests that carry several resources, or linkage. A bare array counts too. */
    public List<JsonNode> list() {
        JsonNode data = root.isArray() ? root : root.path("data");
        if (!data.isArray()) {
            throw Problem.malformed("The body must carry a list in \"data\".");
        }
        if (data.size() > 1_000) {
            throw Problem.tooLarge("A request may carry at most 1000 resources.");
        }
        List<JsonNode> list = new ArrayList<>();
        data.forEach(list::add);
        return list;
    }

    public boolean has(String attribute) {
        return attributes().has(attribute);
    }

    /** Present and null, which asks to reset the attribute. */
    public boolean isNull(String attribute) {
        return attributes().path(attribute).isNull();
    }

    public Optional<String> text(String attribute) {
        return text(attribute, 65_536);
    }

    public Optional<String> text(String attribute, int mostCharacters) {
        JsonNode value = attributes().path(attribute);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw Problem.invalid(attribute, name(attribute) + " must be a string");
        }
        if (value.textValue().length() > mostCharacters) {
            throw Problem.invalid(
                    attribute, name(attribute) + " is too long (at most " + mostCharacters + " characters)");
        }
        if (value.textValue().indexOf('\0') >= 0) {
            throw Problem.invalid(attribute, name(attribute) + " must not contain the character NUL");
        }
        return Optional.of(value.textValue());
    }

    public String required(String attribute) {
        return text(attribute)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> Problem.invalid(attribute, name(attribute) + " can't be blank"));
    }

    public Optional<Boolean> flag(String attribute) {
        JsonNode value = attributes().path(attribute);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw Problem.invalid(attribute, name(attribute) + " must be true or false");
        }
        return Optional.of(value.booleanValue());
    }

    public Optional<Long> integer(String attribute) {
        JsonNode value = attributes().path(attribute);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw Problem.invalid(attribute, name(attribute) + " must be a whole number");
        }
        return Optional.of(value.longValue());
    }

    /** At most 500 texts. */
    public Optional<List<String>> texts(String attribute) {
        JsonNode value = attributes().path(attribute);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isArray() || value.size() > 500) {
            throw Problem.invalid(attribute, name(attribute) + " must be a list of at most 500 strings");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : value) {
            if (!item.isTextual()
                    || item.textValue().length() > 4_096
                    || item.textValue().indexOf('\0') >= 0) {
                throw Problem.invalid(
                        attribute,
                        name(attribute) + " must be a list of strings of at most 4096 characters, without NUL");
            }
            texts.add(item.textValue());
        }
        return Optional.of(List.copyOf(texts));
    }

    public JsonNode raw(String attribute) {
        return attributes().path(attribute);
    }

    /** The id that a to-one relationship points at. */
    public Optional<String> related(String relationship) {
        JsonNode id = root.path("data")
                .path("relationships")
                .path(relationship)
                .path("data")
                .path("id");
        return id.isTextual() && id.textValue().length() <= 200
                ? Optional.of(id.textValue().replace("\0", "?"))
                : Optional.empty();
    }

    /** Whether the request says anything about the relationship, be it that there is none. */
    public boolean hasRelationship(String relationship) {
        return root.path("data").path("relationships").has(relationship);
    }

    /** The linkage of a to-many relationship; entries may carry attributes instead of an id. Empty when absent. */
    public List<JsonNode> relatedList(String relationship) {
        JsonNode data =
                root.path("data").path("relationships").path(relationship).path("data");
        if (data.size() > 1_000) {
            throw Problem.tooLarge("A relationship may carry at most 1000 resources.");
        }
        List<JsonNode> list = new ArrayList<>();
        if (data.isArray()) {
            data.forEach(list::add);
        }
        return list;
    }

    /** The ids of {@code data} as a list: the linkage that a relationship's own address is sent. */
    public List<String> linkedIds() {
        return ids(list());
    }

    /** The ids that a to-many relationship points at; empty when the request says nothing about it. */
    public Optional<List<String>> relatedIds(String relationship) {
        return hasRelationship(relationship) ? Optional.of(ids(relatedList(relationship))) : Optional.empty();
    }

    private static List<String> ids(List<JsonNode> linkage) {
        List<String> ids = new ArrayList<>();
        for (JsonNode entry : linkage) {
            JsonNode id = entry.path("id");
            if (!id.isTextual() || id.textValue().length() > 200) {
                throw Problem.unprocessable("Every entry of a relationship needs an \"id\" of at most 200 characters.");
            }
            ids.add(id.textValue().replace("\0", "?"));
        }
        return List.copyOf(ids);
    }

    /** The comment of an action, {@code {"comment":"…"}}, at most 10,000 characters; empty when there is none. */
    public String comment() {
        JsonNode comment = root.path("comment");
        if (comment.isMissingNode() || comment.isNull()) {
            return "";
        }
        if (!comment.isTextual() || comment.textValue().length() > 10_000) {
            throw Problem.malformed("comment must be a string of at most 10000 characters");
        }
        return comment.textValue().replace("\0", "?");
    }

    /** @param place unknown when a bound was exceeded */
    private static Problem unreadable(@Nullable JsonLocation place) {
        return Problem.malformed(
                place == null
                        ? "The body is not valid JSON, or it is nested too deeply, or a value in it is too long."
                        : "The body is not valid JSON: line " + place.getLineNr() + ", column " + place.getColumnNr()
                                + ".");
    }

    private JsonNode attributes() {
        return root.path("data").path("attributes");
    }

    /** {@code terraform-version} → {@code Terraform version}. */
    private static String name(String attribute) {
        String words = attribute.replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
