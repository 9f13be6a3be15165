package io.terrafleet.runner.identity;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.IdentityToken;
import io.terrafleet.runner.JobDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lays out a phase's identity tokens as the documentation of dynamic provider credentials says: the default configuration of a cloud
 * in the environment, tagged ones in the variable {@code tfc_CLOUD_dynamic_credentials}. Files are readable by their owner only.
 */
public final class CloudCredentials {
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_]{0,64}");
    private static final String VAULT_TOKEN = "vault-token";

    private final Claim claim;
    private final Path directory;
    private final Settings settings;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, ObjectNode> variables = new LinkedHashMap<>();

    /** @param directory made when there is something to put into it */
    public CloudCredentials(Claim claim, Path directory) {
        this.claim = claim;
        this.directory = directory;
        this.settings = new Settings(claim);
    }

    /**
     * @return what terraform's environment gets
     * @throws IllegalArgumentException for a configuration that lacks something, with what
     */
    public Map<String, String> layOut() throws IOException, InterruptedException {
        if (!claim.identity().isEmpty()) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        for (IdentityToken token : claim.identity()) {
            if (!TAG.matcher(token.tag()).matches()) {
                throw new IllegalArgumentException(
                        "the tag of a dynamic credential may only have letters, digits and _, at most 64 of them");
            }
            layOut(token);
        }
        variables.forEach(
                (cloud, value) -> environment.put("TF_VAR_tfc_" + cloud + "_dynamic_credentials", value.toString()));
        return environment;
    }

    /**
     * What was got in exchange for identity tokens and must not be shown either.
     *
     * @param directory as it was laid out, perhaps by a runner that died; need not exist
     */
    public static List<String> obtained(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<String> secrets = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, VAULT_TOKEN + "*")) {
            for (Path file : files) {
                secrets.add(Files.readString(file));
            }
        }
        return secrets;
    }

    private void layOut(IdentityToken token) throws IOException, InterruptedException {
        switch (token.kind()) {
            case HostCredentials.KIND -> {}
            case "generic" -> environment.put(named("TFC_WORKLOAD_IDENTITY_TOKEN", token.tag()), token.token());
            case "aws" -> aws(token);
            case "azure" -> azure(token);
            case "gcp" -> gcp(token);
            case "vault" -> vault(token);
            case "kubernetes" -> kubernetes(token);
            default -> throw new IllegalArgumentException("tokens of the kind " + token.kind() + " are not known here");
        }
    }

    private void aws(IdentityToken token) throws IOException {
        String role = settings.ofPhase("AWS", "ROLE_ARN", token.tag());
        Path file = write("aws-token", token.tag(), token.token());
        Path config = write(
                "aws-config",
                token.tag(),
                "[default]\nrole_arn = " + oneLine(role) + "\nweb_identity_token_file = " + file
                        + "\nrole_session_name = " + session() + "\n");
        if (token.tag().isEmpty()) {
            environment.put("AWS_ROLE_ARN", role);
            environment.put("AWS_WEB_IDENTITY_TOKEN_FILE", file.toString());
            environment.put("AWS_ROLE_SESSION_NAME", session());
        }
        entry(token).put("shared_config_file", config.toString());
    }

    private void azure(IdentityToken token) throws IOException {
        String client = settings.ofPhase("AZURE", "CLIENT_ID", token.tag());
        Path file = write("azure-token", token.tag(), token.token());
        Path clientFile = write("azure-client-id", token.tag(), client);
        if (token.tag().isEmpty()) {
            environment.put("ARM_USE_OIDC", "true");
            environment.put("ARM_CLIENT_ID", client);
            environment.put("ARM_OIDC_TOKEN_FILE_PATH", file.toString());
        }
        entry(token).put("client_id_file_path", clientFile.toString()).put("oidc_token_file_path", file.toString());
    }

    private void gcp(IdentityToken token) throws IOException {
        String account = settings.ofPhase("GCP", "SERVICE_ACCOUNT_EMAIL", token.tag());
        Path file = write("gcp-token", token.tag(), token.token());
        ObjectNode credentials = JsonNodeFactory.instance.objectNode();
        credentials
                .put("type", "external_account")
                .put("audience", token.audience())
                .put("subject_token_type", "urn:ietf:params:oauth:token-type:jwt")
                .put("token_url", "https://sts.googleapis.com/v1/token")
                .put(
                        "service_account_impersonation_url",
                        "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/" + account
                                + ":generateAccessToken");
        credentials.putObject("credential_source").put("file", file.toString());
        Path config = write("gcp-credentials", token.tag(), credentials.toString());
        if (token.tag().isEmpty()) {
            environment.put("GOOGLE_CREDENTIALS", config.toString());
            environment.put("GOOGLE_APPLICATION_CREDENTIALS", config.toString());
        }
        entry(token).put("credentials", config.toString());
    }

    private void vault(IdentityToken token) throws IOException, InterruptedException {
        String address = settings.required("VAULT_ADDR", token.tag());
        String role = settings.ofPhase("VAULT", "ROLE", token.tag());
        Optional<String> namespace = settings.find("VAULT_NAMESPACE", token.tag());
        String path = settings.find("VAULT_AUTH_PATH", token.tag()).orElse("jwt");
        Optional<byte[]> authority = settings.find("VAULT_ENCODED_CACERT", token.tag())
                .map(text -> Base64.getMimeDecoder().decode(text));
        String given = new VaultLogin(address, path, namespace, authority).token(role, token.token());
        Path file = write(VAULT_TOKEN, token.tag(), given);
        ObjectNode entry = entry(token).put("token_filename", file.toString()).put("address", address);
        namespace.ifPresent(text -> entry.put("namespace", text));
        if (authority.isPresent()) {
            Path certificate = write("vault-ca", token.tag(), new String(authority.get(), StandardCharsets.UTF_8));
            entry.put("ca_cert_file", certificate.toString());
            if (token.tag().isEmpty()) {
                environment.put("VAULT_CACERT", certificate.toString());
            }
        }
        if (token.tag().isEmpty()) {
            environment.put("VAULT_ADDR", address);
            environment.put("VAULT_TOKEN", given);
            namespace.ifPresent(text -> environment.put("VAULT_NAMESPACE", text));
        }
    }

    private void kubernetes(IdentityToken token) throws IOException {
        Path file = write("kubernetes-token", token.tag(), token.token());
        if (token.tag().isEmpty()) {
            environment.put("KUBE_TOKEN", token.token());
        }
        entry(token).put("token_path", file.toString());
    }

    private ObjectNode entry(IdentityToken token) {
        ObjectNode cloud = variables.computeIfAbsent(token.kind(), any -> {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            all.putObject("default");
            all.putObject("aliases");
            return all;
        });
        return token.tag().isEmpty()
                ? (ObjectNode) cloud.get("default")
                : ((ObjectNode) cloud.get("aliases")).putObject(token.tag());
    }

    private Path write(String name, String tag, String content) throws IOException {
        Path file = directory.resolve(tag.isEmpty() ? name : name + "-" + tag);
        JobDirectory.writePrivately(file, content.getBytes(StandardCharsets.UTF_8));
        return file;
    }

    private String session() {
        return "terraform-" + claim.job().run().value();
    }

    private static String named(String name, String tag) {
        return tag.isEmpty() ? name : name + "_" + tag;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
