package io.terrafleet.cost.resource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Types known to cost nothing: AWS's are listed in {@code resources/free}, and whole providers that run only where terraform runs. */
public final class FreeTypes {
    /** The last part of the address of providers that make nothing that anybody bills. */
    private static final Set<String> LOCAL_PROVIDERS = Set.of(
            "terraform.io/builtin/terraform",
            "hashicorp/archive",
            "hashicorp/cloudinit",
            "hashicorp/external",
            "hashicorp/http",
            "hashicorp/local",
            "hashicorp/null",
            "hashicorp/random",
            "hashicorp/template",
            "hashicorp/time",
            "hashicorp/tls");

    private static final Set<String> NAMES = new HashSet<>();
    private static final List<String> PREFIXES = new ArrayList<>();

    static {
        read();
    }

    private FreeTypes() {}

    /** @param provider the provider's whole address, for example {@code registry.terraform.io/hashicorp/aws} */
    public static boolean contains(String type, String provider) {
        return LOCAL_PROVIDERS.stream().anyMatch(name -> provider.equals(name) || provider.endsWith("/" + name))
                || NAMES.contains(type)
                || PREFIXES.stream().anyMatch(type::startsWith);
    }

    private static void read() {
        try (InputStream in = FreeTypes.class.getResourceAsStream("/free/aws-types.txt")) {
            if (in == null) {
                throw new IllegalStateException("free/aws-types.txt is not on the class path");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.endsWith("*")) {
                    PREFIXES.add(line.substring(0, line.length() - 1));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    NAMES.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("free/aws-types.txt cannot be read", e);
        }
    }
}
