package io.terrafleet.standalone.author;

import io.terrafleet.rego.RegoModule;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.syntax.Language;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The policies and data files that a command was given, directories with everything below them. A data file in a directory is put where
 * its directory says: {@code acme/data.json} at {@code data.acme}.
 */
record Sources(List<RegoModule> modules, Value data, Map<String, String> texts) {
    private static final int MOST_FILES = 10_000;

    private static boolean isRego(Path file) {
        return file.toString().endsWith(".rego");
    }

    static boolean isTest(Path file) {
        return file.getFileName().toString().endsWith("_test.rego");
    }

    static List<Path> files(List<Path> places, Predicate<Path> wanted) {
        List<Path> files = new ArrayList<>();
        for (Path place : places) {
            if (!Files.isDirectory(place)) {
                files.add(place);
                continue;
            }
            try (Stream<Path> tree = Files.walk(place)) {
                tree.filter(Files::isRegularFile)
                        .filter(file -> !place.relativize(file).toString().startsWith("."))
                        .filter(wanted)
                        .sorted()
                        .limit(MOST_FILES)
                        .forEach(files::add);
            } catch (IOException e) {
                throw new ToolFailure("cannot read " + place + ": " + Documents.reason(e), e);
            }
        }
        return files;
    }

    static List<Path> rego(List<Path> places) {
        return files(places, Sources::isRego);
    }

    /** @param tests whether to read {@code *_test.rego} too */
    static Sources read(List<Path> places, boolean tests, Language language) {
        List<RegoModule> modules = new ArrayList<>();
        Map<String, String> texts = new java.util.HashMap<>();
        Value data = ObjectValue.EMPTY;
        for (Path place : places) {
            for (Path file : files(List.of(place), path -> isPolicy(path, tests) || isData(path))) {
                String name = file.toString();
                if (isRego(file)) {
                    String text = text(file);
                    texts.put(name, text);
                    modules.add(module(name, text, language));
                } else {
                    data = Documents.merged(data, placed(place, file));
                }
            }
        }
        return new Sources(modules, data, texts);
    }

    private static boolean isPolicy(Path file, boolean tests) {
        return isRego(file) && (tests || !isTest(file));
    }

    private static boolean isData(Path file) {
        return List.of("data.json", "data.yaml", "data.yml")
                .contains(file.getFileName().toString());
    }

    private static Value placed(Path root, Path file) {
        Value value = Documents.value(file.toString());
        if (!Files.isDirectory(root)) {
            return value;
        }
        Path directory = root.relativize(file).getParent();
        List<String> names = new ArrayList<>();
        if (directory != null) {
            directory.forEach(part -> names.add(part.toString()));
        }
        for (String name : names.reversed()) {
            value = ObjectValue.of(Map.of(Value.of(name), value));
        }
        return value;
    }

    static String text(Path file) {
        return new String(Documents.bytes(file.toString()), StandardCharsets.UTF_8);
    }

    private static RegoModule module(String name, String text, Language language) {
        try {
            return RegoModule.parse(name, text, language);
        } catch (StackOverflowError e) {
            throw new RegoException(
                    "rego_parse_error",
                    "the file nests too deeply",
                    new io.terrafleet.rego.problem.Position(name, 1, 1));
        }
    }
}
