package io.terrafleet.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.event.RunDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** The plans among the test resources, with what is expected of them. */
public final class Plans {
    public static final List<String> NAMES = List.of(
            "01-web-app",
            "02-eks-platform",
            "04-sg-violations",
            "05-unencrypted-stores",
            "07-iam-phi",
            "08-changes",
            "11-images",
            "12-joins");

    private Plans() {}

    /** The bytes of {@code terraform show -json}. */
    public static byte[] json(String name) {
        try {
            if (exists(name + "/plan.json.gz")) {
                try (InputStream packed = new GZIPInputStream(open(name + "/plan.json.gz"))) {
                    return packed.readAllBytes();
                }
            }
            return open(name + "/plan.json").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode expected(String name) {
        return tree(name + "/expected.json").path("policy");
    }

    /** The parameter files beside the plan, by name. */
    public static Map<String, JsonNode> parameters(String name) {
        Map<String, JsonNode> parameters = new TreeMap<>();
        for (String file : List.of("phi_resources", "allowed_amis")) {
            String path = name + "/" + file + ".json";
            if (exists(path)) {
                parameters.put(file, tree(path));
            }
        }
        return parameters;
    }

    /** An ordinary run; targeted if addresses are given. */
    public static RunDocument run(String... targets) {
        return new RunDocument(
                "run-1111111111111111",
                Instant.EPOCH,
                "ada",
                "a run",
                false,
                true,
                false,
                List.of(),
                List.of(targets),
                false,
                new RunDocument.Project("prj-1111111111111111", "default"),
                Map.of("region", new RunDocument.Variable("terraform", false)),
                "acme",
                new RunDocument.Workspace(
                        "ws-1111111111111111", "shop", Instant.EPOCH, "", "remote", false, List.of("prod"), ""));
    }

    private static JsonNode tree(String path) {
        try (InputStream file = open(path)) {
            return Json.mapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean exists(String path) {
        return Plans.class.getResource("/plans/" + path) != null;
    }

    private static InputStream open(String path) {
        return Objects.requireNonNull(Plans.class.getResourceAsStream("/plans/" + path), path);
    }
}
