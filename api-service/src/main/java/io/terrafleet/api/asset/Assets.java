package io.terrafleet.api.asset;

import io.terrafleet.api.terminal.Palette;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * All files of the pages, in memory: {@code inject:assets} in templates gives their addresses. The version in an address is the
 * content's hash, so browsers may keep a file for ever.
 */
@Singleton
@Named("assets")
public class Assets {
    static final String PATH = "/app/assets/";

    private static final String HTMX = "META-INF/maven/org.webjars.npm/htmx.org/pom.properties";
    private static final List<String> STYLES = List.of("1-tokens.css", "2-base.css", "3-parts.css", "4-run.css");

    private final Map<String, Asset> byName = new LinkedHashMap<>();

    /** One file. The version is the first 16 hexadecimal digits of the content's SHA-256. */
    static final class Asset {
        private final String type;
        private final String version;
        private final byte[] content;

        Asset(String type, String version, byte[] content) {
            this.type = type;
            this.version = version;
            this.content = content;
        }

        String type() {
            return type;
        }

        InputStream content() {
            return new ByteArrayInputStream(content);
        }
    }

    Assets() {
        ByteArrayOutputStream style = new ByteArrayOutputStream();
        STYLES.forEach(part -> style.writeBytes(read("assets/style/" + part)));
        style.writeBytes(Palette.css().getBytes(StandardCharsets.UTF_8));
        add("terrafleet.css", "text/css;charset=UTF-8", style.toByteArray());
        add("theme.js", "text/javascript;charset=UTF-8", read("assets/theme.js"));
        add("pages.js", "text/javascript;charset=UTF-8", read("assets/pages.js"));
        add("run.js", "text/javascript;charset=UTF-8", read("assets/run.js"));
        add("icon.svg", "image/svg+xml", read("assets/icon.svg"));
        String htmx = "META-INF/resources/webjars/htmx.org/" + htmxVersion() + "/dist/htmx.min.js";
        add("htmx.js", "text/javascript;charset=UTF-8", read(htmx));
    }

    public String getStyle() {
        return address("terrafleet.css");
    }

    public String getTheme() {
        return address("theme.js");
    }

    public String getPages() {
        return address("pages.js");
    }

    public String getRun() {
        return address("run.js");
    }

    public String getHtmx() {
        return address("htmx.js");
    }

    public String getIcon() {
        return address("icon.svg");
    }

    Optional<Asset> find(String version, String name) {
        return Optional.ofNullable(byName.get(name)).filter(asset -> asset.version.equals(version));
    }

    private String address(String name) {
        Asset asset = byName.get(name);
        if (asset == null) {
            throw new IllegalArgumentException("there is no file " + name);
        }
        return PATH + asset.version + "/" + name;
    }

    private void add(String name, String type, byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            String version = HexFormat.of().formatHex(hash).substring(0, 16);
            byName.put(name, new Asset(type, version, content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static String htmxVersion() {
        Properties properties = new Properties();
        try (InputStream stream = open(HTMX)) {
            properties.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "");
    }

    private static byte[] read(String resource) {
        try (InputStream stream = open(resource)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String resource) throws IOException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        InputStream stream = loader.getResourceAsStream(resource);
        if (stream == null) {
            throw new IOException("the file " + resource + " is not on the class path");
        }
        return stream;
    }
}
