package io.terrafleet.standalone.soak;

import io.terrafleet.standalone.client.TfeClient;
import io.terrafleet.standalone.demo.Configuration;
import io.terrafleet.standalone.platform.LocalTerraform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The organization of a round: workspaces, what may be run in them, policies; and the terraforms that the worker finds. */
record Stage(Settings settings, Optional<Path> realTerraform) {
    static final String ORGANIZATION = "soak";
    /** Any version will do: it is the one that the worker has. */
    private static final String REAL = "1.11.4";

    private static final String POLICY =
            """
            package soak
            deny contains "this plan is not to be applied without somebody's word" if {
                some change in input.plan.resource_changes
                change.name == "NAME"
            }
            """;

    /** @param configurations ids of what was uploaded for the workspace */
    record Place(String workspace, List<String> configurations) {}

    /** Makes the directories and what must lie in them before the processes begin. */
    static Stage prepare(Settings settings) {
        try {
            for (Path each : List.of(
                    settings.temporary(),
                    settings.directory().resolve("log"),
                    settings.simulated().getParent(),
                    settings.directory().resolve("no-index"))) {
                Files.createDirectories(each);
            }
            Files.createFile(settings.journal());
            String script = resource().replace("@JOURNAL@", settings.journal().toString());
            Files.writeString(settings.simulated(), script);
            Files.setPosixFilePermissions(settings.simulated(), PosixFilePermissions.fromString("rwxr-xr-x"));
            Optional<Path> real = LocalTerraform.find();
            if (real.isPresent()) {
                Path installed = settings.installed(REAL);
                Files.createDirectories(installed.getParent());
                Files.createSymbolicLink(installed, real.get().toRealPath());
            }
            return new Stage(settings, real);
        } catch (IOException e) {
            throw new UncheckedIOException(settings.directory() + " cannot be used", e);
        }
    }

    /** @return the places where people start runs; one more stands with a run that nobody ever decides on */
    List<Place> build(TfeClient api, int workspaces) {
        api.createOrganization(ORGANIZATION);
        policySet(api, "forbidden", false);
        policySet(api, "doubtful", true);
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < workspaces; i++) {
            places.add(simulated(api, "simulated-" + i));
        }
        if (realTerraform.isPresent()) {
            places.add(real(api));
        }
        leaveWaiting(api);
        return places;
    }

    /** @return places of which every run goes through, as fast as it can, and is applied */
    List<Place> plain(TfeClient api, int workspaces) {
        return plain(api, workspaces, "kind=normal plan_millis=1 apply_millis=0 steps=1");
    }

    /** @param conf what the simulated terraform does, in its own words */
    List<Place> plain(TfeClient api, int workspaces, String conf) {
        api.createOrganization(ORGANIZATION);
        policySet(api, "forbidden", false);
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < workspaces; i++) {
            String workspace = workspace(api, "plain-" + i, Settings.SIMULATED);
            String file = conf.replace(' ', '\n') + "\n";
            places.add(new Place(workspace, List.of(configuration(api, workspace, Map.of("soak.conf", file)))));
        }
        return places;
    }

    private static void policySet(TfeClient api, String name, boolean overridable) {
        String rego = POLICY.replace("NAME", name);
        String policy = api.createPolicy(ORGANIZATION, name, "mandatory", "data.soak.deny", rego);
        api.createPolicySet(ORGANIZATION, name, Map.of("overridable", overridable), List.of(policy));
    }

    private static Place simulated(TfeClient api, String name) {
        String workspace = workspace(api, name, Settings.SIMULATED);
        List<String> configurations = new ArrayList<>();
        // Most are ordinary; the names are the simulated terraform's.
        for (String conf : List.of(
                "kind=normal",
                "kind=normal lines=400",
                "kind=slow apply_millis=3000 steps=6",
                "kind=slow apply_millis=1500 steps=3 plan_millis=600",
                "kind=doubtful",
                "kind=forbidden",
                "kind=unchanged",
                "kind=plan-fails",
                "kind=apply-fails")) {
            configurations.add(configuration(api, workspace, Map.of("soak.conf", conf.replace(' ', '\n') + "\n")));
        }
        return new Place(workspace, configurations);
    }

    private static Place real(TfeClient api) {
        String workspace = workspace(api, "real", REAL);
        String main =
                """
                resource "terraform_data" "always" {
                  count = 3
                  triggers_replace = timestamp()
                  provisioner "local-exec" { command = "sleep 0.3" }
                }
                """;
        return new Place(workspace, List.of(configuration(api, workspace, Map.of("main.tf", main))));
    }

    /** A run that waits for a person, and one that waits for that one. */
    private static void leaveWaiting(TfeClient api) {
        String workspace = workspace(api, "waiting", Settings.SIMULATED);
        String configuration = configuration(api, workspace, Map.of("soak.conf", "kind=normal\n"));
        for (int i = 0; i < 2; i++) {
            api.startRun(workspace, configuration, Map.of("message", "nobody decides on this", "auto-apply", false));
        }
    }

    private static String workspace(TfeClient api, String name, String version) {
        return api.createWorkspace(
                ORGANIZATION,
                name,
                Map.of("terraform-version", version, "structured-run-output-enabled", false, "auto-apply", false));
    }

    private static String configuration(TfeClient api, String workspace, Map<String, String> files) {
        String id = api.uploadConfiguration(workspace, new Configuration(files).tarGz(), false);
        while (!api.configurationStatus(id).equals("uploaded")) {
            Pause.millis(20);
        }
        return id;
    }

    private static String resource() throws IOException {
        try (InputStream in = Stage.class.getResourceAsStream("/soak/terraform.sh")) {
            if (in == null) {
                throw new IllegalStateException("soak/terraform.sh is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
