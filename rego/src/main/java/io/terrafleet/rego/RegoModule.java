package io.terrafleet.rego;

import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.syntax.Annotation;
import io.terrafleet.rego.syntax.InputUse;
import io.terrafleet.rego.syntax.Language;
import io.terrafleet.rego.syntax.Module;
import io.terrafleet.rego.syntax.ModuleParser;
import java.util.List;

/** A parsed source file. Immutable. */
public final class RegoModule {
    private final Module syntax;
    private final InputUse input;

    private RegoModule(Module syntax) {
        this.syntax = syntax;
        this.input = InputUse.of(syntax);
    }

    /** Parses a file of version 1; the name is only used in positions. Throws {@link RegoException} ({@code rego_parse_error}). */
    public static RegoModule parse(String fileName, String source) {
        return parse(fileName, source, Language.V1);
    }

    /** Parses a file of either version; {@code import rego.v1} makes a file one of version 1 whatever is asked for. */
    public static RegoModule parse(String fileName, String source, Language language) {
        return new RegoModule(ModuleParser.module(fileName, source, language));
    }

    public String file() {
        return syntax.file();
    }

    /** The package's path, without {@code data}. */
    public List<String> path() {
        return syntax.path();
    }

    /** Whether its rules read {@code input.MEMBER}, or may: one that looks at the whole of {@code input} may read any member. */
    public boolean readsInput(String member) {
        return input.reads(member);
    }

    /** The {@code # METADATA} blocks. */
    public List<Annotation> annotations() {
        return syntax.annotations();
    }

    Module syntax() {
        return syntax;
    }
}
