package io.terrafleet.cost.offer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * AWS's offer files as JSON (https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-an-offer.html), read in one go:
 * products come before terms, so only those that the book has are remembered.
 */
final class OfferJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(30)
                    .maxStringLength(100_000)
                    .maxNameLength(1_000)
                    .build())
            .build();
    private static final int MOST_KEPT = 3_000_000;

    private final Map<String, AwsItems.Item> kept = new HashMap<>();
    private final Rows rows = new Rows();
    private String offer = "";
    private String version = "";
    private String published = "";
    private boolean termsSeen;
    private boolean productsSeen;
    private long products;

    static Offer read(InputStream in) throws OfferUnreadable, IOException {
        OfferJson reader = new OfferJson();
        try (JsonParser parser = FACTORY.createParser(in)) {
            reader.document(parser);
        } catch (JacksonException e) {
            throw new OfferUnreadable(
                    "the offer file breaks off or is not JSON: line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr(),
                    e);
        }
        return reader.offer();
    }

    private Offer offer() throws OfferUnreadable {
        if (!productsSeen || !termsSeen) {
            throw new OfferUnreadable(
                    "an offer file has products and terms; this one has no " + (productsSeen ? "terms" : "products"));
        }
        return new Offer(offer, version, Dates.day(published, "publicationDate"), rows.rows(), products);
    }

    private void document(JsonParser parser) throws IOException, OfferUnreadable {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new OfferUnreadable("an offer file must be a JSON object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "offerCode" -> offer = parser.getValueAsString("");
                case "version" -> version = parser.getValueAsString("");
                case "publicationDate" -> published = parser.getValueAsString("");
                case "products" -> {
                    productsSeen = true;
                    each(parser, this::product);
                }
                case "terms" -> {
                    if (!productsSeen || offer.isEmpty() || published.isEmpty()) {
                        throw new OfferUnreadable(
                                "an offer file begins with offerCode, publicationDate and products before its terms");
                    }
                    termsSeen = true;
                    each(parser, this::termKind);
                }
                default -> parser.skipChildren();
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new OfferUnreadable("the offer file breaks off");
        }
    }

    @FunctionalInterface
    private interface Member {
        void read(String name, JsonParser parser) throws IOException, OfferUnreadable;
    }

    /** Hands every member of an object on, with the parser at its value. */
    private static void each(JsonParser parser, Member member) throws IOException, OfferUnreadable {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new OfferUnreadable("line " + parser.currentLocation().getLineNr() + ": expected an object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            member.read(name, parser);
        }
    }

    private void product(String sku, JsonParser parser) throws IOException, OfferUnreadable {
        products++;
        Map<String, String> attributes = new HashMap<>();
        String[] family = {""};
        each(parser, (name, value) -> {
            switch (name) {
                case "productFamily" -> family[0] = value.getValueAsString("");
                case "attributes" ->
                    each(value, (attribute, text) -> {
                        if (AwsItems.ATTRIBUTES.contains(attribute)) {
                            attributes.put(attribute, text.getValueAsString(""));
                        } else {
                            text.skipChildren();
                        }
                    });
                default -> value.skipChildren();
            }
        });
        AwsItems.of(offer, family[0], attributes).ifPresent(item -> kept.put(sku, item));
        if (kept.size() > MOST_KEPT) {
            throw new OfferUnreadable(
                    "the offer file has more than " + MOST_KEPT + " products that the book would take");
        }
    }

    private void termKind(String kind, JsonParser parser) throws IOException, OfferUnreadable {
        if (kind.equals("OnDemand")) {
            each(parser, this::termsOfProduct);
        } else {
            parser.skipChildren();
        }
    }

    private void termsOfProduct(String sku, JsonParser parser) throws IOException, OfferUnreadable {
        AwsItems.Item item = kept.get(sku);
        if (item == null) {
            parser.skipChildren();
            return;
        }
        each(parser, (term, body) -> {
            List<Dimension> dimensions = new ArrayList<>(1);
            boolean[] leased = {false};
            each(body, (name, value) -> {
                switch (name) {
                    case "priceDimensions" ->
                        each(value, (rate, dimension) -> dimensions.add(dimension(sku, dimension)));
                    case "termAttributes" ->
                        each(
                                value,
                                (attribute, text) -> leased[0] |= attribute.equals("LeaseContractLength")
                                        && !text.getValueAsString("").isEmpty());
                    default -> value.skipChildren();
                }
            });
            if (!leased[0]) {
                for (Dimension dimension : dimensions) {
                    price(sku, item, dimension);
                }
            }
        });
    }

    private record Dimension(String from, String unit, String price, String currency) {}

    private static Dimension dimension(String sku, JsonParser parser) throws IOException, OfferUnreadable {
        String[] from = {"0"};
        String[] unit = {""};
        Map<String, String> amounts = new HashMap<>(2);
        each(parser, (name, value) -> {
            switch (name) {
                case "beginRange" -> from[0] = value.getValueAsString("0");
                case "unit" -> unit[0] = value.getValueAsString("");
                case "pricePerUnit" ->
                    each(value, (currency, amount) -> amounts.put(currency, amount.getValueAsString("")));
                default -> value.skipChildren();
            }
        });
        if (amounts.size() != 1) {
            throw new OfferUnreadable("SKU " + Rows.shown(sku)
                    + ": pricePerUnit must have exactly one currency, it has " + amounts.size());
        }
        Map.Entry<String, String> amount = amounts.entrySet().iterator().next();
        return new Dimension(from[0], unit[0], amount.getValue(), amount.getKey());
    }

    /** Fees that are paid once have the unit Quantity and are no price of use. */
    private void price(String sku, AwsItems.Item item, Dimension dimension) throws OfferUnreadable {
        if (dimension.unit().equals("Quantity")) {
            return;
        }
        LocalDate date = Dates.day(published, "publicationDate");
        rows.add(
                item,
                dimension.from(),
                dimension.price(),
                dimension.currency(),
                "aws offer file " + version,
                date,
                "SKU " + Rows.shown(sku));
    }
}
